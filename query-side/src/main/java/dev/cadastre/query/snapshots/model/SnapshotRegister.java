package dev.cadastre.query.snapshots.model;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.events.json.UnknownEventType;
import dev.cadastre.events.snapshot.SnapshotEvent;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotSealed;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Finds snapshots in the log, which keeps nothing else of them: two events each, and a reference by
 * which all are found. Thread-safe.
 */
public final class SnapshotRegister {

    private final EventLog log;

    public SnapshotRegister(EventLog log) {
        this.log = log;
    }

    /** The snapshot of this id, if one was taken. */
    public Optional<Snapshot> find(String id) {
        return find(id, Long.MAX_VALUE);
    }

    /** The same, as known at a position. */
    public Optional<Snapshot> find(String id, long position) {
        @Nullable Snapshot snapshot = null;
        for (StoredEvent stored : log.stream(StreamId.snapshot(id).toString(), 0)) {
            if (stored.position() > position) {
                break;
            }
            snapshot = after(id, snapshot, stored);
        }
        return Optional.ofNullable(snapshot);
    }

    /** The ids of all snapshots of which something was recorded after a position, oldest first. */
    public List<String> idsAfter(long position) {
        return log.referencing(StreamId.SNAPSHOTS.toString(), position).stream()
                .map(stream -> StreamId.parse(stream).id())
                .toList();
    }

    private static @Nullable Snapshot after(
            String id, @Nullable Snapshot snapshot, StoredEvent stored) {
        return switch (read(stored)) {
            case SnapshotTaken taken ->
                    snapshot == null ? new Snapshot(id, taken, stored, null) : snapshot;
            case SnapshotSealed sealed ->
                    snapshot == null || snapshot.sealing() != null
                            ? snapshot
                            : new Snapshot(
                                    id,
                                    snapshot.taken(),
                                    snapshot.takenBy(),
                                    new Snapshot.Sealing(sealed, stored));
        };
    }

    private static SnapshotEvent read(StoredEvent stored) {
        try {
            return (SnapshotEvent)
                    EventJson.read(
                            stored.envelope().type(),
                            stored.envelope().revision(),
                            stored.payload());
        } catch (JacksonException | UnknownEventType | ClassCastException e) {
            throw new LogException.Corrupt(
                    stored.position(), "this is no event of a snapshot: " + e.getMessage());
        }
    }
}
