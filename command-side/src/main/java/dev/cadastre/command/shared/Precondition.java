package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;

/**
 * What a caller insists on before a command about an entity is carried out (RFC 9110 section 13.1).
 * It is judged by what was recorded before the change set.
 */
public sealed interface Precondition {

    /** Nothing was recorded of the entity since its event of this sequence number. */
    record LastEvent(long sequenceNumber) implements Precondition {}

    /** The entity is in the register now, or is not. */
    record Presence(boolean expected) implements Precondition {}

    /**
     * Judges an entity.
     *
     * @param recordedNumber its last sequence number; -1 if nothing is recorded
     * @param present whether it is in the register now
     * @throws Rejection if it is not as the caller insists
     */
    default void check(StreamId entity, long recordedNumber, boolean present) {
        switch (this) {
            case LastEvent(long expected) -> {
                if (expected != recordedNumber) {
                    throw new Rejection.Stale(entity, expected, recordedNumber);
                }
            }
            case Presence(boolean expected) -> {
                if (expected != present) {
                    throw new Rejection.WrongPresence(entity, present);
                }
            }
        }
    }
}
