package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log over a {@link CommitStore}: one thread commits, and each commit takes with it all that
 * came in while the one before it was on its way. Where the store contradicts itself, the log only
 * reads.
 *
 * <p>After a commit that failed in a store of its own, the log only reads, too. A store that is
 * shared is expected to come back: what waits fails, and as soon as the store answers again, an
 * unknown outcome is settled and the log takes appends. A second thread learns of the commits of
 * other processes, so that head and bells follow them.
 *
 * <p>Futures are completed on the writer's thread: what depends on them must be brief, or run
 * elsewhere.
 */
public final class GroupCommitLog implements EventLog {

    private final CommitStore store;
    private final WritingState state = new WritingState();
    private final @Nullable SharedStore shared;
    private final CommitThread writing;
    private final @Nullable LogFollower follower;

    /** Takes the store over, and closes it in the end. */
    public GroupCommitLog(CommitStore store, Clock clock) {
        this.store = store;
        this.shared = store.shared().orElse(null);
        CommitWriter writer = null;
        LogHead head;
        try {
            writer = new CommitWriter(store, clock, store.tail());
            head = writer.head();
        } catch (LogException.Corrupt e) {
            head = store.head();
            state.contradicted(e);
        }
        this.writing = new CommitThread(writer, head, shared, state, clock);
        this.follower =
                shared == null || writer == null
                        ? null
                        : new LogFollower(shared, state, clock, writing);
        writing.start();
        if (follower != null) {
            follower.start();
        }
    }

    @Override
    public CompletableFuture<Committed> append(ChangeSet changeSet) {
        PreparedChangeSet prepared;
        try {
            prepared = PreparedChangeSet.of(changeSet);
        } catch (LogException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        writing.append(prepared);
        return prepared.outcome();
    }

    @Override
    public LogHead head() {
        return writing.head();
    }

    @Override
    public LogHead latestHead() {
        return shared == null ? writing.head() : read(store::head);
    }

    @Override
    public List<Commit> commits(long fromPosition, int maxEvents) {
        return read(() -> store.commits(fromPosition, maxEvents));
    }

    @Override
    public List<StoredEvent> stream(String stream, long fromSequenceNumber) {
        return read(() -> store.stream(stream, fromSequenceNumber));
    }

    @Override
    public StreamHead streamHead(String stream) {
        return read(() -> store.streamHead(stream));
    }

    @Override
    public Optional<StoredEvent> event(long position) {
        return read(() -> store.event(position));
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        return read(() -> store.key(text));
    }

    @Override
    public List<ClaimRecord> claims(String value) {
        return read(() -> store.claims(value));
    }

    @Override
    public List<String> referencing(String stream, long afterPosition) {
        return read(() -> store.referencing(stream, afterPosition));
    }

    @Override
    public Registration onCommit(Runnable bell) {
        // Wrapped, so that a bell hung up twice is taken down once at a time.
        Runnable own = bell::run;
        writing.addBell(own);
        return () -> writing.removeBell(own);
    }

    @Override
    public Optional<String> readOnlyReason() {
        return state.reason();
    }

    @Override
    public Optional<Instant> lastHeard() {
        return Optional.ofNullable(follower).map(LogFollower::lastHeard);
    }

    @Override
    public void close() {
        Thread ending = writing.end();
        boolean interrupted = false;
        if (follower != null) {
            interrupted = join(follower.end());
        }
        interrupted |= join(ending);
        store.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The store must not be closed under a thread: an interruption is remembered for later. */
    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LogException.Corrupt e) {
            state.contradicted(e);
            throw e;
        }
    }
}
