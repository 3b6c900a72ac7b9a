package dev.cadastre.eventstore.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The log. Positions are dense from 0; what was acknowledged is there for ever; every reader sees a
 * prefix. All methods may be called from any thread; reads block for the store's time and throw
 * {@link LogException.Unavailable} if it cannot be reached.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Hands a change set to the writer. Change sets are checked and committed in the order in which
     * they were handed over by one thread, so that one may build on another that is not yet
     * durable: if that one fails, this one fails with a {@link LogException.SequenceConflict}.
     *
     * @return completes when the change set is durable and visible to reads, or exceptionally with
     *     a {@link LogException}
     * @throws IllegalArgumentException if the change set is not well-formed, whatever the log holds
     */
    CompletableFuture<Committed> append(ChangeSet changeSet);

    /**
     * The durable end of the log, as far as this process has learned of it: commits of other
     * processes follow within moments. Never blocks.
     */
    LogHead head();

    /**
     * The durable end of the log, with all that any process was told to be durable before this is
     * called. May ask the store.
     *
     * @throws LogException.Unavailable if the store has to be asked and does not answer
     */
    default LogHead latestHead() {
        return head();
    }

    /**
     * Whole commits in order, beginning with the one that holds {@code fromPosition}; as many as
     * make up about {@code maxEvents} events, at least one if there is one. Empty at the head.
     *
     * @throws LogException.Corrupt on a hole or a broken hash chain within what is returned
     */
    List<Commit> commits(long fromPosition, int maxEvents);

    /** The events of a stream in order, from a sequence number on. */
    List<StoredEvent> stream(String stream, long fromSequenceNumber);

    StreamHead streamHead(String stream);

    /** One event by its position. */
    Optional<StoredEvent> event(long position);

    Optional<KeyRecord> key(String text);

    /** All claims of a unique value, in order of their number. */
    List<ClaimRecord> claims(String value);

    /** The streams, each once, with events that reference the given one. */
    default List<String> referencing(String stream) {
        return referencing(stream, -1);
    }

    /**
     * The streams, each once, with events after a position that reference the given one; in the
     * order of the first such event.
     */
    List<String> referencing(String stream, long afterPosition);

    /**
     * Has the listener called, on the writer's thread and therefore briefly, after each commit has
     * become visible to reads. Closing the registration ends it.
     */
    Registration onCommit(Runnable bell);

    /**
     * Whether the log takes appends; if not, the reason in words that anybody may read: no address,
     * no secret.
     */
    Optional<String> readOnlyReason();

    /**
     * When this process last asked the store, and was told, what others have made durable: a second
     * or two ago as long as the store answers. Empty where no other process can write, so that
     * there is nothing to be told.
     */
    default Optional<Instant> lastHeard() {
        return Optional.empty();
    }

    /** Commits what was handed over, then releases the store. */
    @Override
    void close();

    /** Ends a registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
