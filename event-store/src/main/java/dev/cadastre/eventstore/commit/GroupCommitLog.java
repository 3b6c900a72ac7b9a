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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log over a {@link CommitStore}: one thread commits, and each commit takes with it all that
 * came in while the one before it was on its way. After a commit that failed, or where the store
 * contradicts itself, the log only reads.
 *
 * <p>Futures are completed on the writer's thread: what depends on them must be brief, or run
 * elsewhere.
 */
public final class GroupCommitLog implements EventLog {

    private static final Logger LOGGER = LoggerFactory.getLogger(GroupCommitLog.class);

    private final CommitStore store;
    private final @Nullable CommitWriter writer;
    private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<Runnable> bells = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> readOnlyReason = new AtomicReference<>();
    private final Thread thread;
    private volatile LogHead head;
    private volatile boolean closed;
    private volatile boolean stopped;

    /** Takes the store over, and closes it in the end. */
    public GroupCommitLog(CommitStore store, Clock clock) {
        this.store = store;
        CommitWriter opened = null;
        LogHead found;
        try {
            opened = new CommitWriter(store, clock, store.tail());
            found = opened.head();
        } catch (LogException.Corrupt e) {
            found = store.head();
            stopWriting("The stored log contradicts itself. " + e.getMessage(), e);
        }
        this.writer = opened;
        this.head = found;
        this.thread = Thread.ofPlatform().name("log-writer").start(this::run);
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
            return CompletableFuture.failedFuture(unavailable());
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
        return Optional.ofNullable(readOnlyReason.get());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            queue.add(Signal.CLOSE);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The store must not be closed under the writer: remember, and wait on.
                interrupted = true;
            }
        }
        store.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private enum Signal {
        CLOSE
    }

    private void run() {
        Object next = null;
        while (true) {
            try {
                next = next == null ? queue.take() : next;
            } catch (InterruptedException e) {
                // Nobody may interrupt the writer; it ends when the log is closed.
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
        stopped = true;
        failQueued();
    }

    private void write(List<PreparedChangeSet> batch) {
        if (writer == null || readOnlyReason.get() != null) {
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
            stopWriting("A commit failed: " + e.getMessage(), e);
            batch.forEach(this::fail);
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
            stopWriting("The stored log contradicts itself. " + e.getMessage(), e);
            throw e;
        }
    }

    private void stopWriting(String reason, Throwable cause) {
        if (readOnlyReason.compareAndSet(null, reason)) {
            LOGGER.error("The log is read-only from now on: {}", reason, cause);
        }
    }

    private void failQueued() {
        Object left;
        while ((left = queue.poll()) != null) {
            if (left instanceof PreparedChangeSet prepared) {
                fail(prepared);
            }
        }
    }

    private void fail(PreparedChangeSet prepared) {
        prepared.outcome().completeExceptionally(unavailable());
    }

    private LogException unavailable() {
        String reason = readOnlyReason.get();
        return new LogException.Unavailable(
                reason == null
                        ? "The log is closed."
                        : "The log is read-only. " + reason + " Restart once that is put right.",
                null);
    }
}
