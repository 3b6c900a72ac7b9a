package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.commit.CommitStore.Insertion;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.log.LogHead;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Copies a log into another store, commit by commit and each exactly as it is, and checks on the
 * way all that the log vouches for. A copy that ended in between goes on where it was: what is in
 * the target is whole commits, in order.
 */
public final class LogCopy {

    private static final int EVENTS_AT_ONCE = 500;
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10));

    private final CommitSource source;
    private final CommitStore target;

    private LogCopy(CommitSource source, CommitStore target) {
        this.source = source;
        this.target = target;
    }

    /**
     * What was done.
     *
     * @param begin number of events that the target held before
     * @param commits number of commits copied
     * @param head of both logs
     */
    public record Copied(long begin, long commits, LogHead head) {}

    /**
     * Copies all that the target lacks. A source that grows meanwhile is followed to its end.
     *
     * @param target nobody else writes to it
     * @param progress is told the target's size now and then
     * @throws OtherHistory if the target holds a commit that the source does not
     * @throws Corrupt naming the first position of the source that does not hold, or of the target
     *     if it contradicts itself; what lies before it is copied
     * @throws Unavailable if one of the two cannot be reached, or another process writes to the
     *     target; doing it again goes on
     * @throws LogException.TooLarge if the target cannot hold a commit
     */
    public static Copied of(CommitSource source, CommitStore target, LongConsumer progress) {
        return new LogCopy(source, target).run(progress);
    }

    /**
     * Checks a stored log from its beginning to its head, as a copy of it would be.
     *
     * @param progress is told the number of events checked now and then
     * @return the head
     * @throws Corrupt naming the first position that does not hold
     */
    public static LogHead check(CommitSource source, LongConsumer progress) {
        CommitCheck check = CommitCheck.fromTheBeginning();
        read(source, check, _ -> {}, progress);
        return check.head();
    }

    private Copied run(LongConsumer progress) {
        StoreTail tail = target.tail();
        requireSharedHistory(tail.head());
        CommitCheck check = new CommitCheck(tail.head(), tail.tree());
        long commits = read(source, check, this::insert, progress);
        requireSame(target.head(), check.head(), "the target's head is not that of the source");
        return new Copied(tail.head().size(), commits, check.head());
    }

    /** Reads and checks up to the head, which may move on meanwhile. */
    private static long read(
            CommitSource source,
            CommitCheck check,
            Consumer<ReadyCommit> reader,
            LongConsumer progress) {
        long commits = 0;
        while (true) {
            LogHead head = source.head();
            if (head.size() <= check.head().size()) {
                requireSame(head, check.head(), "the head is not that of the last commit");
                return commits;
            }
            List<ReadyCommit> some = source.whole(check.head().size(), EVENTS_AT_ONCE);
            if (some.isEmpty()) {
                throw new Corrupt(check.head().size(), "the log ends before its head");
            }
            for (ReadyCommit commit : some) {
                reader.accept(check.next(commit));
                commits++;
            }
            progress.accept(check.head().size());
        }
    }

    /** Inserting the same commit again settles what became of it. */
    private void insert(ReadyCommit commit) {
        for (Duration pause : PAUSES) {
            try {
                insertOnce(commit);
                return;
            } catch (Unavailable | UnknownOutcome e) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        try {
            insertOnce(commit);
        } catch (UnknownOutcome e) {
            throw new Unavailable(e.getMessage(), e);
        }
    }

    private void insertOnce(ReadyCommit commit) {
        Insertion insertion = target.insert(commit);
        if (insertion == Insertion.BREAKS_RULE) {
            throw new Corrupt(
                    commit.position(),
                    "the target refuses the commit, because an id of an event, a sequence number"
                            + " or a key is in it that an earlier commit has");
        }
        if (insertion == Insertion.SLOT_TAKEN) {
            throw new OtherHistory(
                    commit.position(),
                    "Another process writes to the target: it has another commit at position "
                            + commit.position()
                            + ". Stop that process; then begin again with an empty target.");
        }
    }

    private static void requireSame(LogHead stored, LogHead derived, String otherwise) {
        if (!Arrays.equals(stored.commitHash(), derived.commitHash())
                || !Arrays.equals(stored.root(), derived.root())) {
            throw new Corrupt(derived.lastCommit(), otherwise);
        }
    }

    /** Each commit's hash covers all before it: equal hashes are equal histories. */
    private void requireSharedHistory(LogHead held) {
        if (held.size() == 0 || isShared(held.lastCommit())) {
            return;
        }
        long shared = 0;
        long different = held.lastCommit();
        while (shared < different) {
            long middle = shared + (different - shared) / 2;
            Commit commit = commitAt(middle);
            if (isShared(commit.position())) {
                shared = commit.lastPosition() + 1;
            } else {
                different = commit.position();
            }
        }
        long end = source.head().size();
        throw new OtherHistory(
                different,
                different >= end
                        ? "The target holds more than the source, which ends at position "
                                + end
                                + ": it is the newer of the two, or another log."
                        : "The target holds another history than the source: the first commit in"
                                + " which they differ is at position "
                                + different
                                + ". Name an empty target.");
    }

    private boolean isShared(long position) {
        List<ReadyCommit> of = source.whole(position, 1);
        return !of.isEmpty()
                && Arrays.equals(of.getFirst().hash(), CommitHeader.of(commitAt(position)).hash());
    }

    private Commit commitAt(long position) {
        List<Commit> found = target.commits(position, 1);
        if (found.isEmpty()) {
            throw new Corrupt(position, "the commit is missing in the target");
        }
        return found.getFirst();
    }
}
