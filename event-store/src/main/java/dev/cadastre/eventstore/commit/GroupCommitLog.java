package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOGGER = LoggerFactory.getLogger(GroupCommitLog.class);

    private static final Duration AT_HOME = Duration.ofSeconds(1);
    private static final Duration AWAY = Duration.ofMillis(200);

    private final CommitStore store;
    private final Clock clock;
    private final @Nullable CommitWriter writer;
    private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<Runnable> bells = new CopyOnWriteArrayList<>();
    private final WritingState state = new WritingState();
    private final @Nullable SharedStore shared;
    private final Thread thread;
    private final @Nullable Thread follower;
    private volatile LogHead head;
    private volatile Instant lastHeard;
    private volatile boolean closed;
    private volatile boolean stopped;

    /** Takes the store over, and closes it in the end. */
    public GroupCommitLog(CommitStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.lastHeard = clock.instant();
        this.shared = store.shared().orElse(null);
        CommitWriter opened = null;
        LogHead found;
        try {
            opened = new CommitWriter(store, clock, store.tail());
            found = opened.head();
        } catch (LogException.Corrupt e) {
            found = store.head();
            state.end("The stored log contradicts itself. " + e.getMessage(), e);
        }
        this.writer = opened;
        this.head = found;
        this.thread = Thread.ofPlatform().name("log-writer").start(this::run);
        this.follower =
                shared == null || opened == null
                        ? null
                        : Thread.ofPlatform().name("log-follower").start(this::follow);
    }

    @Override
    public CompletableFuture<Committed> append(ChangeSet changeSet) {
        PreparedChangeSet prepared;
        try {
            prepared = PreparedChangeSet.of(changeSet);
        } catch (LogException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        if (closed) {
            return CompletableFuture.failedFuture(state.refusal());
        }
        queue.add(prepared);
        if (stopped) {
            failQueued();
        }
        return prepared.outcome();
    }

    @Override
    public LogHead head() {
        return head;
    }

    @Override
    public LogHead latestHead() {
        return shared == null ? head : read(store::head);
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
        bells.add(own);
        return () -> bells.remove(own);
    }

    @Override
    public Optional<String> readOnlyReason() {
        return state.reason();
    }

    @Override
    public Optional<Instant> lastHeard() {
        return shared == null ? Optional.empty() : Optional.of(lastHeard);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            queue.add(Signal.CLOSE);
        }
        boolean interrupted = false;
        if (follower != null) {
            follower.interrupt();
            interrupted = join(follower);
        }
        interrupted |= join(thread);
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

    private enum Signal {
        CLOSE
    }

    /** Asks the writer to take in what others have committed, if its head is still there. */
    private record Following(long size, CompletableFuture<Void> done) {}

    private void follow() {
        SharedStore store = Objects.requireNonNull(shared);
        while (!closed && !state.hasEnded()) {
            try {
                Instant asking = clock.instant();
                long size = head.size();
                boolean away = state.isAway();
                if (store.awaitCommit(size, away ? AWAY : AT_HOME) || away) {
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    queue.add(new Following(size, done));
                    done.get();
                }
                if (!state.isAway() && !state.hasEnded()) {
                    lastHeard = asking;
                }
            } catch (InterruptedException e) {
                return;
            } catch (Unavailable e) {
                if (closed) {
                    return;
                }
                state.away(e);
                LockSupport.parkNanos(AWAY.toNanos());
            } catch (LogException.Corrupt e) {
                state.end("The stored log contradicts itself. " + e.getMessage(), e);
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("following never fails", impossible);
            }
        }
    }

    private void follow(Following asked) {
        CommitWriter following = Objects.requireNonNull(writer);
        try {
            if (!state.hasEnded() && (state.isAway() || following.head().size() <= asked.size())) {
                if (state.isAway()) {
                    Objects.requireNonNull(shared).checkWritable();
                }
                following.follow();
                state.back();
            }
        } catch (Unavailable | UnknownOutcome e) {
            state.away(e);
        } catch (RuntimeException | Error e) {
            state.end("Following the log failed: " + e.getMessage(), e);
        } finally {
            publish(following);
            asked.done().complete(null);
        }
    }

    private void passTurn() {
        if (shared != null) {
            shared.passTurn();
        }
    }

    private void publish(CommitWriter from) {
        if (from.head() != head) {
            head = from.head();
            bells.forEach(this::ring);
        }
    }

    private void run() {
        Object next = null;
        while (true) {
            try {
                next = next == null ? queue.poll() : next;
                if (next == null) {
                    passTurn();
                    next = queue.take();
                }
            } catch (InterruptedException e) {
                // Nobody may interrupt the writer; it ends when the log is closed.
                continue;
            }
            if (next instanceof Following asked) {
                follow(asked);
                next = null;
                continue;
            }
            if (!(next instanceof PreparedChangeSet first)) {
                break;
            }
            next = null;
            List<PreparedChangeSet> batch = new ArrayList<>();
            batch.add(first);
            int events = first.events();
            long bytes = first.bytes();
            while (next == null && (next = queue.poll()) != null) {
                if (next instanceof PreparedChangeSet another
                        && CommitWriter.takesAnother(events, bytes, another)) {
                    batch.add(another);
                    events += another.events();
                    bytes += another.bytes();
                    next = null;
                }
            }
            write(batch);
        }
        passTurn();
        stopped = true;
        failQueued();
    }

    private void write(List<PreparedChangeSet> batch) {
        if (writer == null || state.hasEnded() || state.isAway()) {
            batch.forEach(this::fail);
            return;
        }
        try {
            CommitWriter.Written written = writer.write(batch);
            boolean grown = writer.head() != head;
            head = writer.head();
            written.outcomes().forEach(Runnable::run);
            if (grown) {
                bells.forEach(this::ring);
            }
        } catch (RuntimeException | Error e) {
            if (shared != null && (e instanceof Unavailable || e instanceof UnknownOutcome)) {
                state.away((RuntimeException) e);
            } else {
                state.end("A commit failed: " + e.getMessage(), e);
            }
            batch.forEach(this::fail);
            publish(writer);
        }
    }

    private void ring(Runnable bell) {
        try {
            bell.run();
        } catch (RuntimeException e) {
            LOGGER.warn("A listener to commits failed", e);
        }
    }

    private <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LogException.Corrupt e) {
            state.end("The stored log contradicts itself. " + e.getMessage(), e);
            throw e;
        }
    }

    private void failQueued() {
        Object left;
        while ((left = queue.poll()) != null) {
            switch (left) {
                case PreparedChangeSet prepared -> fail(prepared);
                case Following asked -> asked.done().complete(null);
                default -> {}
            }
        }
    }

    private void fail(PreparedChangeSet prepared) {
        prepared.outcome().completeExceptionally(state.refusal());
    }
}
