package dev.cadastre.query.register.fold;

import dev.cadastre.events.Event;

/**
 * One event of a stream, with where and when it counts.
 *
 * @param position place in the whole log
 * @param recordedAt microseconds since 1970
 * @param effectiveAt microseconds since 1970; of a retraction it means nothing
 */
public record Fact(
        long sequenceNumber, long position, long recordedAt, long effectiveAt, Event event) {}
