package dev.cadastre.query.temporal;

/**
 * A point on both time axes.
 *
 * @param asOf valid time, microseconds: a version counts if it starts at or before this instant
 * @param knownAt record time as a log position: what was recorded up to and including it counts; -1
 *     is before the first commit
 */
public record Coordinates(long asOf, int knownAt) {}
