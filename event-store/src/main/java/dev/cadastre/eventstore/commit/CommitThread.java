package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.log.LogHead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that commits: each commit takes with it all that came in while the one before it
 * was on its way. It alone uses the writer, completes the futures, moves the head and rings the
 * bells.
 */
final class CommitThread {

    private static final Logger LOGGER = LoggerFactory.getLogger(CommitThread.class);

    /** How long a turn is kept for who is about to append again. */
    private static final Duration LINGERING = Duration.ofMillis(3);

    private final @Nullable CommitWriter writer;
    private final @Nullable SharedStore shared;
    private final WritingState state;
    private final Clock clock;
    private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<Runnable> bells = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile LogHead head;
    private volatile @Nullable LastCommit lastCommit;
    private volatile boolean ending;
    private volatile boolean ended;

    /**
     * @param begun when it was begun, by the log's clock
     * @param nanoTime when it was durable
     */
    record LastCommit(Instant begun, long nanoTime) {}

    /**
     * @param writer null where the log only reads
     */
    CommitThread(
            @Nullable CommitWriter writer,
            LogHead head,
            @Nullable SharedStore shared,
            WritingState state,
            Clock clock) {
        this.writer = writer;
        this.head = head;
        this.shared = shared;
        this.state = state;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("log-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void append(PreparedChangeSet prepared) {
        if (ending) {
            fail(prepared);
            return;
        }
        queue.add(prepared);
        if (ended) {
            failQueued();
        }
    }

    LogHead head() {
        return head;
    }

    /** The last commit of this process, or null while there was none. */
    @Nullable LastCommit lastCommit() {
        return lastCommit;
    }

    void addBell(Runnable bell) {
        bells.add(bell);
    }

    void removeBell(Runnable bell) {
        bells.remove(bell);
    }

    /**
     * Ends once all is committed that was appended before.
     *
     * @return the thread, to be waited for
     */
    Thread end() {
        if (!ending) {
            ending = true;
            queue.add(Signal.END);
        }
        return thread;
    }

    private enum Signal {
        END
    }

    /** Asks the writer to take in what others have committed, if its head is still there. */
    private record Following(long size, CompletableFuture<Void> done) {}

    /**
     * Has the writer take in what others have committed, if the log still has that size, and try
     * whether the store is back if it was away. Never fails.
     */
    Future<?> follow(long size) {
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
        while (next != Signal.END) {
            next = next == null ? take() : next;
            if (next instanceof Following asked) {
                follow(asked);
                next = null;
            } else if (next instanceof PreparedChangeSet first) {
                next = write(first);
            }
        }
        passTurn();
        ended = true;
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
                // Nobody may interrupt the writer; it ends when it is told to.
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
            lastCommit = new LastCommit(begun, System.nanoTime());
        }
    }

    private void ring(Runnable bell) {
        try {
            bell.run();
        } catch (RuntimeException e) {
            LOGGER.warn("A listener to commits failed", e);
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
