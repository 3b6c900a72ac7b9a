package dev.cadastre.eventstore.commit;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.commit.CommitStore.Insertion;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns change sets into durable commits, one commit after the other. Used by one thread; it alone
 * knows where the next commit goes.
 */
final class CommitWriter {

    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(500));

    private final CommitStore store;
    private final Clock clock;
    private final KnownHeads heads;
    private final TreeHasher hasher = new TreeHasher();
    private final long epoch;
    private LogHead head;
    private GrowingTree tree;

    CommitWriter(CommitStore store, Clock clock, StoreTail tail) {
        this.store = store;
        this.clock = clock;
        this.heads = new KnownHeads(store.inSlot());
        this.head = tail.head();
        this.tree = tail.tree();
        this.epoch = tail.epoch() + 1;
    }

    LogHead head() {
        return head;
    }

    /**
     * What became of a batch. The outcomes are told only after the commit is durable, so that who
     * is refused because of a neighbour finds that neighbour in the log.
     */
    record Written(List<Runnable> outcomes) {}

    /**
     * Commits those of the change sets that hold in their slot. If another writer took the slot,
     * all are judged again in the next one.
     *
     * @throws LogException.Unavailable if the commit is not stored
     * @throws UnknownOutcome if nobody can tell whether it is
     */
    Written write(List<PreparedChangeSet> batch) {
        while (true) {
            List<Runnable> outcomes = new ArrayList<>(batch.size());
            Slot slot = new Slot(store.inSlot(), heads, head.size(), nextRecordedTime());
            for (PreparedChangeSet prepared : batch) {
                outcomes.add(judge(slot, prepared));
            }
            if (slot.events() == 0 || commit(slot)) {
                return new Written(outcomes);
            }
            catchUp();
        }
    }

    private static Runnable judge(Slot slot, PreparedChangeSet prepared) {
        try {
            PlacedChangeSet placed = slot.take(prepared);
            Committed committed =
                    new Committed(placed.firstPosition(), placed.lastPosition(), slot.recordedAt());
            return () -> prepared.outcome().complete(committed);
        } catch (LogException.Unavailable | LogException.Corrupt e) {
            throw e;
        } catch (LogException refusal) {
            return () -> prepared.outcome().completeExceptionally(refusal);
        }
    }

    private boolean commit(Slot slot) {
        GrowingTree grown = tree.copy();
        for (PlacedChangeSet placed : slot.taken()) {
            for (byte[] envelope : placed.envelopes()) {
                grown.append(hasher.leaf(envelope));
            }
        }
        byte[] root = grown.root();
        ReadyCommit commit =
                new ReadyCommit(
                        head.size(),
                        slot.events(),
                        head.commitHash(),
                        root,
                        slot.recordedAt(),
                        UUID.randomUUID(),
                        epoch,
                        slot.taken(),
                        grown.takeFullTiles());
        if (insert(commit) == Insertion.SLOT_TAKEN) {
            return false;
        }
        tree = grown;
        heads.advance(slot.heads());
        head =
                new LogHead(
                        commit.position() + commit.events(),
                        commit.position(),
                        commit.recordedAt(),
                        commit.hash(),
                        root);
        return true;
    }

    /** Inserts until the outcome is known: the slot is never given up unsettled. */
    private Insertion insert(ReadyCommit commit) {
        int failures = 0;
        while (true) {
            try {
                return store.insert(commit);
            } catch (LogException.Unavailable | UnknownOutcome e) {
                if (failures == PAUSES.size()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSES.get(failures++).toNanos());
            }
        }
    }

    private void catchUp() {
        StoreTail tail = store.tail();
        if (tail.head().size() <= head.size()) {
            throw new LogException.Corrupt(
                    head.size(), "the slot is taken by a commit that cannot be read");
        }
        head = tail.head();
        tree = tail.tree();
        heads.forget();
    }

    private long nextRecordedTime() {
        long now = Microseconds.ofClock(clock.instant());
        return head.size() == 0 ? now : Math.max(now, head.recordedAt() + 1);
    }

    /** Whether a commit that holds so much takes one more change set. */
    static boolean takesAnother(int events, long bytes, PreparedChangeSet next) {
        return events + next.events() <= Limits.COMMIT_EVENTS
                && bytes + next.bytes() <= Limits.COMMIT_BYTES;
    }
}
