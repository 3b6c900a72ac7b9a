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
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    /** How long a turn is kept for who is about to append again. */
    private static final Duration LINGERING = Duration.ofMillis(3);

    private final CommitStore store;
    private final Clock clock;
    private final @Nullable CommitWriter writer;
    private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<Runnable> bells = new CopyOnWriteArrayList<>();
    private final WritingState state = new WritingState();
    private final @Nullable SharedStore shared;
    private final Thread thread;
    private final @Nullable LogFollower follower;
    private volatile LogHead head;
    private volatile boolean closed;
    private volatile boolean stopped;

    /** Takes the store over, and closes it in the end. */
    public GroupCommitLog(CommitStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.shared = store.shared().orElse(null);
        CommitWriter opened = null;
        LogHead found;
        try {
            opened = new CommitWriter(store, clock, store.tail());
            found = opened.head();
        } catch (LogException.Corrupt e) {
            found = store.head();
            state.contradicted(e);
        }
        this.writer = opened;
        this.head = found;
        this.thread = Thread.ofPlatform().name("log-writer").start(this::run);
        this.follower =
                shared == null || opened == null
                        ? null
                        : new LogFollower(
                                shared, state, clock, () -> head.size(), this::askToFollow);
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
        return Optional.ofNullable(follower).map(LogFollower::lastHeard);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            queue.add(Signal.CLOSE);
        }
        boolean interrupted = false;
        if (follower != null) {
            interrupted = join(follower.end());
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

    private Future<?> askToFollow(long size) {
        Following asked = new Following(size, new CompletableFuture<>());
        queue.add(asked);
        return asked.done();
    }

    private void follow(Following asked) {
        CommitWriter following = Objects.requireNonNull(writer);
        try {
            if (!state.hasEnded() && (state.isAway() || following.head().size() <= asked.size())) {
                if (state.isAway()) {
                    // Reading goes on where writing cannot.
                    following.listen();
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
        while (next != Signal.CLOSE) {
            next = next == null ? take() : next;
            if (next instanceof Following asked) {
                follow(asked);
                next = null;
            } else if (next instanceof PreparedChangeSet first) {
                next = write(first);
            }
        }
        passTurn();
        stopped = true;
        failQueued();
    }

    private Object take() {
        while (true) {
            try {
                Object next = queue.poll();
                if (next == null && shared != null) {
                    next = queue.poll(LINGERING.toNanos(), TimeUnit.NANOSECONDS);
                }
                if (next == null) {
                    passTurn();
                    next = queue.take();
                }
                return next;
            } catch (InterruptedException e) {
                // Nobody may interrupt the writer; it ends when the log is closed.
                continue;
            }
        }
    }

    /**
     * Commits the first and as much of the queue as goes into the same commit.
     *
     * @return what was taken from the queue besides
     */
    private @Nullable Object write(PreparedChangeSet first) {
        List<PreparedChangeSet> batch = new ArrayList<>();
        batch.add(first);
        Object left = null;
        try {
            if (takesAppends()) {
                Objects.requireNonNull(writer).awaitTurn(() -> publish(writer));
            }
            left = fill(batch);
            if (takesAppends()) {
                write(batch);
            } else {
                batch.forEach(this::fail);
            }
        } catch (RuntimeException | Error e) {
            if (shared != null && (e instanceof Unavailable || e instanceof UnknownOutcome)) {
                state.away((RuntimeException) e);
            } else {
                state.end("A commit failed: " + e.getMessage(), e);
            }
            batch.forEach(this::fail);
            publish(Objects.requireNonNull(writer));
        }
        return left;
    }

    private boolean takesAppends() {
        return writer != null && !state.hasEnded() && !state.isAway();
    }

    private @Nullable Object fill(List<PreparedChangeSet> batch) {
        int events = batch.getFirst().events();
        long bytes = batch.getFirst().bytes();
        Object next;
        while ((next = queue.poll()) != null) {
            if (next instanceof Following asked) {
                follow(asked);
            } else if (next instanceof PreparedChangeSet another
                    && CommitWriter.takesAnother(events, bytes, another)) {
                batch.add(another);
                events += another.events();
                bytes += another.bytes();
            } else {
                break;
            }
        }
        return next;
    }

    private void write(List<PreparedChangeSet> batch) {
        CommitWriter writing = Objects.requireNonNull(writer);
        Instant begun = clock.instant();
        CommitWriter.Written written = writing.write(batch);
        boolean grown = writing.head() != head;
        head = writing.head();
        written.outcomes().forEach(Runnable::run);
        if (grown) {
            bells.forEach(this::ring);
            if (follower != null) {
                follower.committed(begun);
            }
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
            state.contradicted(e);
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
