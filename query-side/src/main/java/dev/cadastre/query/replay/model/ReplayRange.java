package dev.cadastre.query.replay.model;

import dev.cadastre.query.temporal.Coordinates;

/**
 * From where to where a replay runs, and along which axis.
 *
 * @param from coordinates of the first state
 * @param to coordinates of the last state
 */
public record ReplayRange(Axis axis, Coordinates from, Coordinates to) {

    public ReplayRange {
        boolean forward =
                axis == Axis.EFFECTIVE
                        ? from.knownAt() == to.knownAt() && from.asOf() <= to.asOf()
                        : from.knownAt() <= to.knownAt() && from.asOf() <= to.asOf();
        if (!forward) {
            throw new IllegalArgumentException(to + " does not follow " + from + " on " + axis);
        }
    }

    /** Whether facts recorded before they are true come true on the way. */
    boolean asOfMoves() {
        return from.asOf() < to.asOf();
    }
}
