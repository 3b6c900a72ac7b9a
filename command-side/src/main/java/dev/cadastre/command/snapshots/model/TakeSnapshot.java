package dev.cadastre.command.snapshots.model;

import dev.cadastre.command.shared.Command;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;

/**
 * Take a snapshot.
 *
 * @param taken its coordinates found by {@link CoordinateSearch}
 */
public record TakeSnapshot(String id, SnapshotTaken taken) implements Command {

    @Override
    public StreamId target() {
        return StreamId.snapshot(id);
    }
}
