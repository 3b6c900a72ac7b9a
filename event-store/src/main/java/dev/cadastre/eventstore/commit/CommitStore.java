package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.List;
import java.util.Optional;

/**
 * What a store must do so that a log can be built on it: take whole commits, each into the slot its
 * position names, and read them back. All methods but {@link #insert} and {@link #inSlot} may be
 * called from any thread, and see whole commits only. Reads throw {@link LogException.Unavailable}
 * if the store cannot be reached and {@link LogException.Corrupt} if what it holds contradicts
 * itself.
 */
public interface CommitStore extends AutoCloseable {

    /** What became of an insertion. */
    enum Insertion {
        /** The commit is durable in its slot. */
        DURABLE,
        /** Another commit has the slot. */
        SLOT_TAKEN,
        /**
         * The slot is free, but the commit breaks a rule that the store guards by itself: what
         * {@link SlotLookups} answered was too hopeful. The commit is not stored.
         */
        BREAKS_RULE
    }

    /**
     * Puts a commit into its slot, whole or not at all. Inserting a commit whose id is in the slot
     * already answers {@link Insertion#DURABLE}. One call at a time.
     *
     * @throws LogException.TooLarge if the store cannot hold so large a commit
     * @throws LogException.Unavailable if the commit is not stored and will not be
     * @throws UnknownOutcome if the commit may be stored now or later
     */
    Insertion insert(ReadyCommit commit);

    /**
     * How to get along with writers of other processes. Empty where this process has the store to
     * itself; a commit that fails there ends writing until a restart, because nothing but a person
     * can put it right. A shared store is expected to come back.
     */
    default Optional<SharedStore> shared() {
        return Optional.empty();
    }

    /** For the checks before an insertion; used only by the thread that inserts. */
    SlotLookups inSlot();

    /** The head, without checking it. */
    LogHead head();

    /**
     * The end of the store, with the tree rebuilt from what is stored.
     *
     * @throws LogException.Corrupt if the tree does not have the root of the last commit
     */
    StoreTail tail();

    /** As {@link dev.cadastre.eventstore.log.EventLog#commits}. */
    List<Commit> commits(long fromPosition, int maxEvents);

    /** As {@link dev.cadastre.eventstore.log.EventLog#stream}. */
    List<StoredEvent> stream(String stream, long fromSequenceNumber);

    StreamHead streamHead(String stream);

    Optional<StoredEvent> event(long position);

    Optional<KeyRecord> key(String text);

    List<ClaimRecord> claims(String value);

    List<String> referencing(String stream, long afterPosition);

    @Override
    void close();
}
