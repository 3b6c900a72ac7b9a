package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * Something that an entity would point at while it is not in the register.
 *
 * @param relation type of the relation that points at it; null if a field does
 * @param from first microsecond at which it is needed and absent
 * @param to first microsecond after, or {@link Timeline#FOR_EVER}
 */
public record AbsentTarget(@Nullable String relation, StreamId target, long from, long to) {}
