package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a whole log and derives again all that it vouches for: positions and sequence numbers
 * without a gap, recorded times, digests, the chain of commits, and the root after each commit.
 * Keeps a number per stream in memory.
 */
public final class LogVerification {

    private static final int EVENTS_AT_ONCE = 2_000;

    private final TreeHasher hasher = new TreeHasher();
    private final SaltedDigest digest = new SaltedDigest();
    private final GrowingTree tree = new GrowingTree();
    private final Map<String, Long> nextSequenceNumbers = new HashMap<>();
    private long size;
    private long recordedAt = Long.MIN_VALUE;
    private byte[] lastHash = CommitHash.none();
    private byte[] lastRoot = hasher.emptyRoot();

    private LogVerification() {}

    /**
     * Verifies a log up to its present head.
     *
     * @return the number of events verified
     * @throws Corrupt naming the first position that does not hold
     */
    public static long of(EventLog log) {
        LogHead head = log.head();
        LogVerification verification = new LogVerification();
        verification.verify(log, head.size(), _ -> {});
        require(
                head.size() == 0
                        || Arrays.equals(verification.lastHash, head.commitHash())
                                && Arrays.equals(verification.lastRoot, head.root()),
                head.lastCommit(),
                "the head is not that of the last commit");
        return verification.size;
    }

    /**
     * Verifies the beginning of a log.
     *
     * @param size how many events; a commit ends there
     * @param reader is shown each event once it is verified
     * @return the RFC 6962 root over them
     * @throws Corrupt naming the first position that does not hold
     */
    public static byte[] upTo(EventLog log, long size, Consumer<StoredEvent> reader) {
        LogVerification verification = new LogVerification();
        verification.verify(log, size, reader);
        return verification.lastRoot;
    }

    private void verify(EventLog log, long end, Consumer<StoredEvent> reader) {
        while (size < end) {
            List<Commit> commits = log.commits(size, EVENTS_AT_ONCE);
            require(!commits.isEmpty(), size, "the log ends before its head");
            for (Commit commit : commits) {
                if (size < end) {
                    verify(commit);
                    commit.events().forEach(reader);
                }
            }
        }
        require(size == end, end, "no commit ends before this position");
    }

    private void verify(Commit commit) {
        require(commit.position() == size, size, "the next commit is at " + commit.position());
        require(
                Arrays.equals(commit.previous(), lastHash),
                size,
                "the commit does not name the one before it");
        require(commit.recordedAt() > recordedAt, size, "recorded time does not increase");
        recordedAt = commit.recordedAt();
        for (StoredEvent event : commit.events()) {
            verify(event);
            tree.append(hasher.leaf(event.envelopeBytes()));
            size++;
        }
        lastRoot = tree.root();
        tree.takeFullTiles();
        require(
                Arrays.equals(lastRoot, commit.root()),
                commit.position(),
                "the events do not have the commit's root");
        lastHash =
                CommitHash.of(
                        commit.position(),
                        commit.events().size(),
                        commit.previous(),
                        commit.root(),
                        commit.recordedAt(),
                        commit.id(),
                        commit.epoch());
    }

    private void verify(StoredEvent event) {
        require(event.position() == size, size, "the next event is at " + event.position());
        Envelope envelope = event.envelope();
        require(
                Arrays.equals(EnvelopeFormat.encode(envelope), event.envelopeBytes()),
                size,
                "the envelope does not have its bytes");
        require(
                Arrays.equals(digest.of(event.salt(), event.payload()), envelope.payloadDigest()),
                size,
                "the payload does not have the digest of the envelope");
        require(
                Arrays.equals(digest.of(event.salt(), event.metadata()), envelope.metadataDigest()),
                size,
                "the metadata do not have the digest of the envelope");
        require(
                envelope.recordedAt() == recordedAt,
                size,
                "the event was not recorded when its commit was");
        long next = nextSequenceNumbers.merge(envelope.stream(), 1L, Long::sum) - 1;
        require(
                envelope.sequenceNumber() == next,
                size,
                "the stream is at sequence number " + next + ", the event says otherwise");
    }

    private static void require(boolean holds, long position, String otherwise) {
        if (!holds) {
            throw new Corrupt(position, otherwise);
        }
    }
}
