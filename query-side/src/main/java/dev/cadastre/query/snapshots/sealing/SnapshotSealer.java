package dev.cadastre.query.snapshots.sealing;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotSealed;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.snapshots.model.Snapshot;
import dev.cadastre.query.snapshots.model.SnapshotDigest;
import dev.cadastre.query.snapshots.model.SnapshotItems;
import dev.cadastre.query.snapshots.model.SnapshotRegister;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals each snapshot that was taken, at the start all that no process has sealed yet. Several
 * processes may do so at once: the sealing is the second event of its stream, and the log takes one
 * of them. Whatever goes wrong is tried again.
 */
public final class SnapshotSealer implements AutoCloseable {

    /** Who seals, as the envelopes name it. */
    public static final String PRINCIPAL = "system-sealing";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSealer.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** Commits come in flocks: one look for several. Doubled while something cannot be sealed. */
    private static final Duration GATHER = Duration.ofMillis(20);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final EventLog log;
    private final LogView view;
    private final SnapshotRegister register;
    private final SnapshotItems items;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "snapshot-sealer");
    private final Set<String> unsealed = new LinkedHashSet<>();
    private final EventLog.Registration registration;
    private long lookedUpTo = -1;
    private volatile boolean closing;

    private SnapshotSealer(
            EventLog log, LogView view, SnapshotRegister register, SnapshotItems items) {
        this.log = log;
        this.view = view;
        this.register = register;
        this.items = items;
        this.registration = log.onCommit(bell::release);
    }

    /** Starts sealing, on a thread of its own. */
    public static SnapshotSealer start(
            EventLog log, LogView view, SnapshotRegister register, SnapshotItems items) {
        SnapshotSealer sealer = new SnapshotSealer(log, view, register, items);
        sealer.thread.start();
        return sealer;
    }

    private void run() {
        try {
            Duration pause = GATHER;
            while (!closing) {
                bell.drainPermits();
                if (sealAll()) {
                    pause = GATHER;
                    bell.acquire();
                } else {
                    pause = pause.multipliedBy(2);
                }
                Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            }
        } catch (InterruptedException whenClosing) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @return whether nothing is left to be sealed
     */
    private boolean sealAll() throws InterruptedException {
        try {
            long end = log.head().size() - 1;
            unsealed.addAll(register.idsAfter(lookedUpTo));
            lookedUpTo = end;
        } catch (RuntimeException e) {
            tell("Snapshots cannot be looked for now; trying again", e);
            return false;
        }
        for (String id : List.copyOf(unsealed)) {
            try {
                Snapshot snapshot = register.find(id).orElseThrow();
                if (snapshot.sealing() != null || seal(snapshot)) {
                    unsealed.remove(id);
                }
            } catch (RuntimeException e) {
                tell("Snapshot " + id + " cannot be sealed now; trying again", e);
            }
        }
        return unsealed.isEmpty();
    }

    private void tell(String what, RuntimeException failure) {
        if (!closing) {
            LOG.error(what, failure);
        }
    }

    /**
     * @return false if it must be tried again
     */
    private boolean seal(Snapshot snapshot) throws InterruptedException {
        if (!view.await(snapshot.taken().coordinates().position(), LONGEST_WAIT)) {
            return false;
        }
        SnapshotDigest.Result digest = items.digest(snapshot);
        try {
            log.append(sealing(snapshot, digest)).join();
            LOG.info(
                    "Snapshot {} is sealed: {} things, digest {}",
                    snapshot.id(),
                    digest.count(),
                    digest.hex());
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogException.SequenceConflict) {
                return true; // Another process was first.
            }
            throw e;
        }
    }

    private static ChangeSet sealing(Snapshot snapshot, SnapshotDigest.Result digest) {
        SnapshotSealed sealed =
                new SnapshotSealed(SnapshotDigest.FORMAT, digest.hex(), digest.entities());
        EventJson.Type type = EventJson.typeOf(sealed);
        String causation = snapshot.takenBy().envelope().id().toString();
        return new ChangeSet(
                UUID.randomUUID(),
                PRINCIPAL,
                PRINCIPAL,
                "snapshots",
                new StoredMetadata(null, null, null, causation, null).toJson(),
                List.of(
                        new ProposedEvent(
                                StreamId.snapshot(snapshot.id()).toString(),
                                snapshot.takenBy().envelope().sequenceNumber() + 1,
                                UUID.randomUUID(),
                                type.name(),
                                type.revision(),
                                EventJson.write(sealed),
                                null,
                                Long.MAX_VALUE,
                                sealed.references().stream().map(StreamId::toString).toList())),
                List.of(),
                List.of(),
                null);
    }

    @Override
    public void close() {
        closing = true;
        registration.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
