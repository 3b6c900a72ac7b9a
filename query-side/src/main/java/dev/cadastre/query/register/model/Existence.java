package dev.cadastre.query.register.model;

import java.util.List;

/**
 * When an entity existed, as known at some position.
 *
 * @param intervals in order; empty if nothing was known of it
 */
public record Existence(List<Interval> intervals) {

    /** An interval without end has this one. */
    public static final long OPEN = Long.MAX_VALUE;

    public Existence {
        intervals = List.copyOf(intervals);
    }

    /**
     * A half-open interval.
     *
     * @param from microseconds since 1970
     * @param to microseconds since 1970, or {@link #OPEN}
     */
    public record Interval(long from, long to) {}
}
