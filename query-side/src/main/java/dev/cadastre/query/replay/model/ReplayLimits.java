package dev.cadastre.query.replay.model;

/**
 * How much of a replay is held at a time.
 *
 * @param windowEvents about how many events are read and folded at once
 * @param stateBytes about how much heap the states of the things it came by may take
 */
public record ReplayLimits(int windowEvents, long stateBytes) {

    public static final ReplayLimits DEFAULT = new ReplayLimits(1_024, 12L << 20);

    public ReplayLimits {
        if (windowEvents < 1 || stateBytes < 0) {
            throw new IllegalArgumentException("a replay holds an event at least");
        }
    }
}
