package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A commit without its events, as its hash covers it.
 *
 * @param position position of the first event
 * @param events number of events
 * @param previous hash of the commit before it
 * @param root RFC 6962 root after it
 * @param recordedAt microseconds since 1970
 * @param epoch which writer wrote it
 */
public record CommitHeader(
        long position,
        int events,
        byte[] previous,
        byte[] root,
        long recordedAt,
        UUID id,
        long epoch) {

    /** The same commit without its events. */
    public static CommitHeader of(Commit commit) {
        return new CommitHeader(
                commit.position(),
                commit.events().size(),
                commit.previous(),
                commit.root(),
                commit.recordedAt(),
                commit.id(),
                commit.epoch());
    }

    /** As {@link #of(Commit)}. */
    public static CommitHeader of(ReadyCommit commit) {
        return new CommitHeader(
                commit.position(),
                commit.events(),
                commit.previous(),
                commit.root(),
                commit.recordedAt(),
                commit.id(),
                commit.epoch());
    }

    /** The head of a log that holds nothing, or else ends with this commit. */
    public static LogHead headAfter(@Nullable CommitHeader last) {
        return last == null
                ? new LogHead(
                        0, -1, Long.MIN_VALUE, CommitHash.none(), new TreeHasher().emptyRoot())
                : new LogHead(
                        last.next(), last.position(), last.recordedAt(), last.hash(), last.root());
    }

    /** Position of the commit that comes next. */
    public long next() {
        return position + events;
    }

    public byte[] hash() {
        return CommitHash.of(position, events, previous, root, recordedAt, id, epoch);
    }

    /**
     * Checks that this is the first commit of a log.
     *
     * @throws LogException.Corrupt if it is not
     */
    public void checkFirst() {
        if (position != 0) {
            throw new LogException.Corrupt(0, "the log does not begin at position 0");
        }
        if (!Arrays.equals(previous, CommitHash.none())) {
            throw new LogException.Corrupt(0, "the first commit names one before it");
        }
    }

    /**
     * Checks that this commit comes right after another one.
     *
     * @throws LogException.Corrupt if it does not
     */
    public void checkFollows(CommitHeader before) {
        if (position != before.next()) {
            throw new LogException.Corrupt(
                    before.next(), "the next commit stands at position " + position);
        }
        if (!Arrays.equals(previous, before.hash())) {
            throw new LogException.Corrupt(
                    position,
                    "the hash of the commit before it is not the one named; one of the two was"
                            + " changed");
        }
        if (recordedAt <= before.recordedAt()) {
            throw new LogException.Corrupt(position, "recorded time does not increase");
        }
    }
}
