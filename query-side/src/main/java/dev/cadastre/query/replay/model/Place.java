package dev.cadastre.query.replay.model;

/**
 * Where a replay stands.
 *
 * @param asOf valid instant, microseconds since 1970
 * @param position the last position known; -1 for none
 * @param within of the facts that come true at {@code asOf}, those up to this position count;
 *     {@link #ALL} once the instant is complete
 */
public record Place(long asOf, long position, long within) {

    /** All facts of the instant count. */
    public static final long ALL = Long.MAX_VALUE;
}
