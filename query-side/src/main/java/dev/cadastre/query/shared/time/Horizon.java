package dev.cadastre.query.shared.time;

/**
 * How far a view has followed the log: always the end of a commit.
 *
 * @param position the last one the view includes; -1 for none
 * @param recordedAt of that commit, microseconds since 1970; {@link Long#MIN_VALUE} for none
 */
public record Horizon(long position, long recordedAt) {

    public static final Horizon NOTHING = new Horizon(-1, Long.MIN_VALUE);
}
