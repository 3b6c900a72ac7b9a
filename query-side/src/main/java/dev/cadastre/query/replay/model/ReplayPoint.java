package dev.cadastre.query.replay.model;

/**
 * How far a replay has been told.
 *
 * @param items how many things of the first state were told, or {@link #STATE_TOLD} once it is
 *     complete
 * @param place where the replay stands
 */
public record ReplayPoint(long items, Place place) {

    /** The first state has been told as a whole. */
    public static final long STATE_TOLD = -1;

    /** Everything has been told. */
    public static final long ENDED = -2;

    boolean hasState() {
        return items < 0;
    }

    /** Whether everything has been told. */
    public boolean hasEnded() {
        return items == ENDED;
    }
}
