package dev.cadastre.eventstore.commit;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.commit.CommitStore.Insertion;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Turns change sets into durable commits, one commit after the other. Used by one thread; it alone
 * knows where the next commit goes.
 */
final class CommitWriter {

    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(500));

    private static final Duration LONGEST_TRYING = Duration.ofSeconds(2);

    private final CommitStore store;
    private final Clock clock;
    private final LogEnd end;
    private final long epoch;
    private final @Nullable SharedStore shared;
    private LogEnd.@Nullable Attempt unsettled;

    CommitWriter(CommitStore store, Clock clock, StoreTail tail) {
        this.store = store;
        this.shared = store.shared().orElse(null);
        this.clock = clock;
        this.end = new LogEnd(tail, new KnownHeads(store.inSlot()));
        this.epoch = tail.epoch() + 1;
    }

    LogHead head() {
        return end.head();
    }

    /**
     * What became of a batch. The outcomes are told only after the commit is durable, so that who
     * is refused because of a neighbour finds that neighbour in the log.
     */
    record Written(List<Runnable> outcomes) {}

    /**
     * Waits, briefly, until it is this writer's turn; has then taken in what others committed.
     *
     * @param meanwhile run whenever something was taken in
     * @throws LogException.Unavailable if the store cannot be reached
     * @throws UnknownOutcome as {@link #write}
     */
    void awaitTurn(Runnable meanwhile) {
        settle();
        if (shared == null) {
            return;
        }
        Runnable following =
                () -> {
                    catchUp();
                    meanwhile.run();
                };
        if (shared.awaitTurn(following)) {
            following.run();
        }
    }

    /**
     * Commits those of the change sets that hold in their slot. If another writer took the slot,
     * all are judged again in the next one.
     *
     * @throws LogException.Unavailable if the commit is not stored
     * @throws UnknownOutcome if nobody can tell whether it is; the next call settles that first
     */
    Written write(List<PreparedChangeSet> batch) {
        settle();
        boolean closely = false;
        while (true) {
            List<Runnable> outcomes = new ArrayList<>(batch.size());
            store.inSlot().lookClosely(closely);
            foresee(batch);
            Slot slot = new Slot(store.inSlot(), end.heads(), head().size(), nextRecordedTime());
            for (PreparedChangeSet prepared : batch) {
                outcomes.add(judge(slot, prepared));
            }
            if (slot.taken().size() < batch.size() && isBehind()) {
                continue;
            }
            if (slot.events() == 0) {
                return new Written(outcomes);
            }
            try {
                switch (place(end.attempt(slot, epoch))) {
                    case DURABLE -> {
                        return new Written(outcomes);
                    }
                    case SLOT_TAKEN -> beaten();
                    case BREAKS_RULE -> {
                        if (closely) {
                            throw new LogException.Corrupt(
                                    head().size(), "the store refuses a commit that holds");
                        }
                        closely = true;
                        end.heads().forget(slot.heads().keySet());
                    }
                }
            } catch (LogException.TooLarge refusal) {
                // Only a change set that has a commit to itself can be too large for the store.
                return new Written(
                        batch.stream()
                                .<Runnable>map(
                                        it -> () -> it.outcome().completeExceptionally(refusal))
                                .toList());
            }
        }
    }

    /**
     * Takes in what other writers have committed, and settles what is unsettled.
     *
     * @throws LogException.Unavailable if the store cannot be reached
     */
    void follow() {
        settle();
        catchUp();
    }

    /**
     * Takes in what other writers have committed, where nothing is unsettled: an unsettled commit
     * may be among theirs, and is inserted again first.
     *
     * @throws LogException.Unavailable if the store cannot be reached
     */
    void listen() {
        if (unsettled == null) {
            catchUp();
        }
    }

    /**
     * Whether others have committed meanwhile, and if so takes that in. Nobody is refused for what
     * this writer has not heard of yet: who decided may have read it already.
     */
    private boolean isBehind() {
        long before = head().size();
        if (shared != null) {
            catchUp();
        }
        return head().size() > before;
    }

    private void foresee(List<PreparedChangeSet> batch) {
        Set<String> begun = new HashSet<>();
        List<ChangeSet> changeSets = new ArrayList<>(batch.size());
        for (PreparedChangeSet prepared : batch) {
            changeSets.add(prepared.changeSet());
            for (ProposedEvent event : prepared.changeSet().events()) {
                if (event.sequenceNumber() == 0 && !end.heads().knows(event.stream())) {
                    begun.add(event.stream());
                }
            }
        }
        store.inSlot().foresee(changeSets, begun);
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

    private Insertion place(LogEnd.Attempt attempt) {
        Insertion insertion = insert(attempt);
        if (insertion != Insertion.DURABLE) {
            return insertion;
        }
        end.advance(attempt);
        return insertion;
    }

    /** Inserts until the outcome is known; if that takes too long, it stays to be settled. */
    private Insertion insert(LogEnd.Attempt attempt) {
        int failures = 0;
        long begin = System.nanoTime();
        while (true) {
            try {
                Insertion insertion = store.insert(attempt.commit());
                unsettled = null;
                return insertion;
            } catch (LogException.Unavailable | UnknownOutcome e) {
                if (e instanceof UnknownOutcome) {
                    unsettled = attempt;
                }
                if (failures == PAUSES.size()
                        || System.nanoTime() - begin > LONGEST_TRYING.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSES.get(failures++).toNanos());
            }
        }
    }

    /**
     * A slot is never given up before it is known who has it: the same commit is inserted again,
     * and either is there then, or another one is.
     */
    private void settle() {
        LogEnd.Attempt attempt = unsettled;
        if (attempt != null && place(attempt) == Insertion.SLOT_TAKEN) {
            beaten();
        }
    }

    private void beaten() {
        if (shared != null) {
            shared.beaten();
        }
        long before = head().size();
        catchUp();
        if (head().size() == before) {
            throw new LogException.Corrupt(
                    before, "the slot is taken by a commit that cannot be read");
        }
    }

    /** Takes in the commits behind the head, and derives from them what the head will be. */
    private void catchUp() {
        while (true) {
            List<CommitOutline> commits = behindHead();
            if (commits.isEmpty()) {
                return;
            }
            commits.forEach(end::takeIn);
        }
    }

    private List<CommitOutline> behindHead() {
        return shared == null
                ? store.commits(head().size(), 1).stream().map(CommitOutline::of).toList()
                : shared.from(head().size());
    }

    private long nextRecordedTime() {
        long now = Microseconds.ofClock(clock.instant());
        return head().size() == 0 ? now : Math.max(now, head().recordedAt() + 1);
    }

    /** Whether a commit that holds so much takes one more change set. */
    static boolean takesAnother(int events, long bytes, PreparedChangeSet next) {
        return events + next.events() <= Limits.COMMIT_EVENTS
                && bytes + next.bytes() <= Limits.COMMIT_BYTES;
    }
}
