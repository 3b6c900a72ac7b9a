package dev.cadastre.query.histories;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogHead;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Takes snapshots, for tests, as of {@link #AS_OF}. */
public final class Snapshots {

    /** The instant that they show. */
    public static final Instant AS_OF = Instant.parse("2024-06-01T00:00:00Z");

    private Snapshots() {}

    /** Takes one of all that is recorded. */
    public static void take(Recorded recorded, String id, SnapshotScope scope) {
        recorded.now(StreamId.snapshot(id), taken(recorded, scope));
    }

    /** What is recorded when one of all is taken. */
    public static SnapshotTaken taken(Recorded recorded, SnapshotScope scope) {
        LogHead head = recorded.log().head();
        return new SnapshotTaken(
                "Quarter 1",
                null,
                scope,
                new SnapshotCoordinates(
                        AS_OF,
                        AS_OF,
                        head.size() - 1,
                        head.size(),
                        HexFormat.of().formatHex(head.root())));
    }

    /** Waits until it is sealed. */
    public static void awaitSealed(EventLog log, String id) throws InterruptedException {
        Semaphore bell = new Semaphore(0);
        try (EventLog.Registration registered = log.onCommit(bell::release)) {
            while (log.stream(StreamId.snapshot(id).toString(), 0).size() < 2) {
                if (!bell.tryAcquire(20, TimeUnit.SECONDS)) {
                    throw new AssertionError("snapshot " + id + " is not sealed");
                }
            }
        }
    }
}
