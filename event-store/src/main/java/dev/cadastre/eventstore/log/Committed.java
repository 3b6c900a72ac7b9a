package dev.cadastre.eventstore.log;

/**
 * Where a change set came to lie.
 *
 * @param firstPosition position of its first event
 * @param lastPosition position of its last event
 * @param recordedAt microseconds since 1970
 */
public record Committed(long firstPosition, long lastPosition, long recordedAt) {}
