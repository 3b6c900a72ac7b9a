package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StreamHead;
import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The end of the log as a writer knows it, which is all that the next commit is built on: the last
 * commit, the right edge of the tree and the heads of streams. Not thread-safe.
 */
final class LogEnd {

    private final KnownHeads heads;
    private final TreeHasher hasher = new TreeHasher();
    private LogHead head;
    private GrowingTree tree;

    LogEnd(StoreTail tail, KnownHeads heads) {
        this.head = tail.head();
        this.tree = tail.tree();
        this.heads = heads;
    }

    LogHead head() {
        return head;
    }

    KnownHeads heads() {
        return heads;
    }

    /** A commit on its way, and what will be known once it has arrived. */
    record Attempt(ReadyCommit commit, GrowingTree tree, Map<String, StreamHead> heads) {}

    /** The commit of what is in the slot. */
    Attempt attempt(Slot slot, long epoch) {
        GrowingTree grown = tree.copy();
        for (PlacedChangeSet placed : slot.taken()) {
            for (byte[] envelope : placed.envelopes()) {
                grown.append(hasher.leaf(envelope));
            }
        }
        return new Attempt(
                new ReadyCommit(
                        head.size(),
                        slot.events(),
                        head.commitHash(),
                        grown.root(),
                        slot.recordedAt(),
                        UUID.randomUUID(),
                        epoch,
                        slot.taken(),
                        grown.takeFullTiles()),
                grown,
                slot.heads());
    }

    /** Goes on behind a commit that is durable now. */
    void advance(Attempt attempt) {
        tree = attempt.tree();
        heads.advance(attempt.heads());
        head = CommitHeader.headAfter(CommitHeader.of(attempt.commit()));
    }

    /**
     * Takes in the commit that comes next, of whichever writer.
     *
     * @throws LogException.Corrupt if it does not follow from what is known
     */
    void takeIn(CommitOutline commit) {
        CommitHeader header = commit.header();
        boolean follows =
                header.position() == head.size()
                        && header.events() == commit.envelopes().size()
                        && Arrays.equals(header.previous(), head.commitHash())
                        && header.recordedAt() > head.recordedAt();
        GrowingTree grown = tree.copy();
        for (byte[] envelope : commit.envelopes()) {
            grown.append(hasher.leaf(envelope));
        }
        grown.takeFullTiles();
        if (!follows || !Arrays.equals(grown.root(), header.root())) {
            throw new LogException.Corrupt(
                    header.position(), "the commit does not follow from the log before it");
        }
        tree = grown;
        heads.advance(headsAfter(commit));
        head = CommitHeader.headAfter(header);
    }

    /** Called once the root has shown that the envelopes are those that were written. */
    private static Map<String, StreamHead> headsAfter(CommitOutline commit) {
        Map<String, StreamHead> newHeads = new HashMap<>();
        long position = commit.header().position();
        for (byte[] envelope : commit.envelopes()) {
            try {
                newHeads.put(
                        EnvelopeFormat.stream(envelope),
                        new StreamHead(EnvelopeFormat.sequenceNumber(envelope) + 1, position));
            } catch (IllegalArgumentException e) {
                throw new LogException.Corrupt(position, "not an envelope: " + e.getMessage());
            }
            position++;
        }
        return newHeads;
    }
}
