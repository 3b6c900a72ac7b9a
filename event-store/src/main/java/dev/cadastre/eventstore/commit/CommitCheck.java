package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.LogException.TooLarge;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.util.Arrays;

/**
 * Derives again, commit by commit, all that a log vouches for: that each envelope follows from the
 * event's parts, that each commit names the one before it, and the root after it from a tree of its
 * own. Not thread-safe.
 */
final class CommitCheck {

    private final TreeHasher hasher = new TreeHasher();
    private final SaltedDigest digest = new SaltedDigest();
    private final GrowingTree tree;
    private LogHead head;

    /**
     * @param head behind which the next commit stands
     * @param tree over all events up to there
     */
    CommitCheck(LogHead head, GrowingTree tree) {
        this.head = head;
        this.tree = tree;
    }

    /** A check that has seen nothing yet. */
    static CommitCheck fromTheBeginning() {
        return new CommitCheck(CommitHeader.headAfter(null), new GrowingTree());
    }

    /** The head behind the last commit that was checked. */
    LogHead head() {
        return head;
    }

    /**
     * Checks the next commit.
     *
     * @return the same with the tiles that it fills
     * @throws Corrupt naming the first position that does not hold
     */
    ReadyCommit next(ReadyCommit commit) {
        long position = commit.position();
        require(position == head.size(), head.size(), "the next commit stands at " + position);
        require(
                Arrays.equals(commit.previous(), head.commitHash()),
                position,
                "the commit does not name the one before it");
        require(
                commit.recordedAt() > head.recordedAt(),
                position,
                "recorded time does not increase");
        for (PlacedChangeSet placed : commit.changeSets()) {
            require(
                    placed.firstPosition() == tree.size(),
                    tree.size(),
                    "the next change set stands at " + placed.firstPosition());
            for (int i = 0; i < placed.envelopes().length; i++) {
                byte[] envelope = envelope(commit, placed, i);
                require(
                        Arrays.equals(envelope, placed.envelopes()[i]),
                        tree.size(),
                        "the envelope is not that of the event");
                tree.append(hasher.leaf(envelope));
            }
        }
        require(
                tree.size() == position + commit.events(),
                position,
                "the commit does not hold as many events as it says");
        byte[] root = tree.root();
        require(
                Arrays.equals(root, commit.root()),
                position,
                "the events do not have the root of their commit");
        head = CommitHeader.headAfter(CommitHeader.of(commit));
        return commit.withTiles(tree.takeFullTiles());
    }

    private byte[] envelope(ReadyCommit commit, PlacedChangeSet placed, int index) {
        ChangeSet changeSet = placed.changeSet();
        ProposedEvent event = changeSet.events().get(index);
        byte[] salt = placed.salts()[index];
        Long effectiveAt = event.effectiveAt();
        try {
            return EnvelopeFormat.encode(
                    commit.recordedAt(),
                    effectiveAt == null ? commit.recordedAt() : effectiveAt,
                    event.sequenceNumber(),
                    event.revision(),
                    event.id(),
                    changeSet.id(),
                    digest.of(salt, event.payload()),
                    digest.of(salt, changeSet.metadata()),
                    EnvelopeFormat.utf8("type", event.type()),
                    EnvelopeFormat.utf8("stream", event.stream()),
                    EnvelopeFormat.utf8("principal", changeSet.principal()),
                    EnvelopeFormat.utf8("actor", changeSet.actor()),
                    EnvelopeFormat.utf8("source", changeSet.source()));
        } catch (IllegalArgumentException | TooLarge e) {
            throw new Corrupt(tree.size(), "not an envelope: " + e.getMessage());
        }
    }

    private static void require(boolean holds, long position, String otherwise) {
        if (!holds) {
            throw new Corrupt(position, otherwise);
        }
    }
}
