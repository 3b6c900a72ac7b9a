package dev.cadastre.query.snapshots.model;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.fold.StateVersion;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Computes the digest of a snapshot anew, from the log alone: no view, index or stored body is
 * looked at. First every event up to the snapshot's own is read and hashed again, then each thing's
 * own stream is folded. In memory are the names of the streams, and one stream at a time.
 */
public final class SnapshotVerification {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * What came out.
     *
     * @param events how many were read and hashed
     * @param root over those of the snapshot's tree, in hexadecimal; null if the log contradicts
     *     itself
     * @param digest of what the snapshot shows by the log; null if the log contradicts itself
     * @param problem where the log contradicts itself, in words; null if it does not
     */
    public record Recomputed(
            long events,
            @Nullable String root,
            SnapshotDigest.@Nullable Result digest,
            @Nullable String problem) {}

    private final EventLog log;

    public SnapshotVerification(EventLog log) {
        this.log = log;
    }

    /** Reads the log for as long as that takes; ends early if the thread is interrupted. */
    public Recomputed of(Snapshot snapshot) {
        SnapshotCoordinates at = snapshot.taken().coordinates();
        StreamsInScope streams = new StreamsInScope(snapshot.scope(), at.position());
        try {
            LogVerification verification = LogVerification.begin(log);
            String root = HexFormat.of().formatHex(verification.upTo(at.treeSize(), streams));
            // What the snapshot itself says is as good as the events that say it.
            long events = verification.through(snapshot.lastEvent().position(), streams);
            return new Recomputed(events, root, digest(snapshot, streams), null);
        } catch (LogException.Corrupt e) {
            return new Recomputed(Math.max(0, e.position()), null, null, e.getMessage());
        }
    }

    private SnapshotDigest.Result digest(Snapshot snapshot, StreamsInScope streams) {
        SnapshotDigest digest = new SnapshotDigest();
        MessageDigest sha256 = SnapshotDigest.sha256();
        for (RegisterKind kind : snapshot.scope().kinds()) {
            for (String id : streams.idsOf(kind)) {
                stopIfInterrupted();
                EntityState state = state(kind, id, snapshot.taken().coordinates());
                if (state != null && snapshot.scope().holds(kind, state)) {
                    byte[] body = BodyJson.write(id, new StateVersion(0, 0, 0, 0, state));
                    digest.add(
                            kind,
                            id,
                            HexFormat.of()
                                    .formatHex(
                                            EntityContent.hash(
                                                    kind, MAPPER.readTree(body), sha256)));
                }
            }
        }
        return digest.result();
    }

    private @Nullable EntityState state(RegisterKind kind, String id, SnapshotCoordinates at) {
        List<StoredEvent> recorded =
                log.stream(new StreamId(kind.word(), id).toString(), 0).stream()
                        .takeWhile(event -> event.position() <= at.position())
                        .toList();
        EntityState state = null;
        for (RecordedFact fact :
                StreamFacts.of(recorded).fold(Microseconds.of(at.asOf()), at.position())) {
            state = EntityState.after(state, fact.event());
        }
        return state;
    }

    private static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("nobody waits for this verification any more");
        }
    }

    /** The things of the scope's kinds of which something is recorded up to a position. */
    private static final class StreamsInScope implements Consumer<StoredEvent> {
        private final Map<RegisterKind, Set<String>> ids = new HashMap<>();
        private final long position;

        private StreamsInScope(Scope scope, long position) {
            this.position = position;
            scope.kinds().forEach(kind -> ids.put(kind, new TreeSet<>(Utf8Order.COMPARATOR)));
        }

        @Override
        public void accept(StoredEvent event) {
            stopIfInterrupted();
            String stream = event.envelope().stream();
            RegisterKind kind = RegisterKind.ofStream(stream);
            if (kind != null && event.position() <= position && ids.containsKey(kind)) {
                ids.get(kind).add(kind.idOf(stream));
            }
        }

        private Set<String> idsOf(RegisterKind kind) {
            return ids.get(kind);
        }
    }
}
