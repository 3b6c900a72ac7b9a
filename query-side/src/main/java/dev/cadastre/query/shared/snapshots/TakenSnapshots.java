package dev.cadastre.query.shared.snapshots;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that the log knows of. A snapshot never changes, so each is read once and kept: a
 * few hundred bytes for each one ever taken. Thread-safe; blocks for the log's time.
 */
public final class TakenSnapshots {

    private final EventLog log;
    private final Map<String, TakenSnapshot> known = new ConcurrentHashMap<>();

    public TakenSnapshots(EventLog log) {
        this.log = log;
    }

    /**
     * All that were taken by a position, in the order in which they were.
     *
     * @param knownAt position of the last event that counts
     */
    public List<TakenSnapshot> takenBy(long knownAt) {
        List<TakenSnapshot> taken = new ArrayList<>();
        for (String stream : log.referencing(StreamId.SNAPSHOTS.toString())) {
            TakenSnapshot snapshot = known.computeIfAbsent(stream, this::read);
            if (snapshot != null && snapshot.taken() <= knownAt) {
                taken.add(snapshot);
            }
        }
        taken.sort(Comparator.comparingLong(TakenSnapshot::taken));
        return taken;
    }

    /** The one with this id; empty if none has it. */
    public Optional<TakenSnapshot> find(String id) {
        return Optional.ofNullable(
                known.computeIfAbsent(StreamId.snapshot(id).toString(), this::read));
    }

    private @Nullable TakenSnapshot read(String stream) {
        List<StoredEvent> events = log.stream(stream, 0);
        if (events.isEmpty()) {
            return null;
        }
        StoredEvent first = events.getFirst();
        SnapshotTaken taken =
                (SnapshotTaken)
                        EventJson.read(
                                first.envelope().type(),
                                first.envelope().revision(),
                                first.payload());
        return new TakenSnapshot(
                StreamId.parse(stream).id(),
                taken.name(),
                Microseconds.of(taken.coordinates().asOf()),
                Microseconds.of(taken.coordinates().knownAt()),
                taken.coordinates().position(),
                first.position(),
                taken.scope());
    }
}
