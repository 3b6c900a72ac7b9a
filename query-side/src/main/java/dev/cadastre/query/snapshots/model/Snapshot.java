package dev.cadastre.query.snapshots.model;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotSealed;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.temporal.Coordinates;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as the log tells of it.
 *
 * @param takenBy the event that took it
 * @param sealing what its sealing says; null while it is not sealed
 */
public record Snapshot(
        String id, SnapshotTaken taken, StoredEvent takenBy, @Nullable Sealing sealing) {

    /**
     * The sealing of a snapshot.
     *
     * @param sealedBy the event that says it
     */
    public record Sealing(SnapshotSealed sealed, StoredEvent sealedBy) {}

    /** The last event that tells of it. */
    public StoredEvent lastEvent() {
        return sealing == null ? takenBy : sealing.sealedBy();
    }

    /** The part of the register it shows. */
    public Scope scope() {
        return Scope.of(taken.scope());
    }

    /** Its coordinates, as the temporal index takes them. */
    public Coordinates coordinates() {
        SnapshotCoordinates at = taken.coordinates();
        return new Coordinates(Microseconds.of(at.asOf()), Math.toIntExact(at.position()));
    }
}
