package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ChangeSet;

/**
 * A change set in its place.
 *
 * @param firstPosition position of its first event
 * @param salts of its events, in order
 * @param envelopes of its events, in order, exactly as hashed
 */
public record PlacedChangeSet(
        long firstPosition, ChangeSet changeSet, byte[][] salts, byte[][] envelopes) {

    /** Position of the last event. */
    public long lastPosition() {
        return firstPosition + envelopes.length - 1;
    }
}
