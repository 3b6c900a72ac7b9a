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
 * Reads a log from its beginning and derives again all that it vouches for: positions and sequence
 * numbers without a gap, recorded times, digests, the chain of commits, and the root after each
 * commit. Keeps a number per stream in memory. For one thread.
 */
public final class LogVerification {

    private static final int EVENTS_AT_ONCE = 2_000;

    private final EventLog log;
    private final TreeHasher hasher = new TreeHasher();
    private final SaltedDigest digest = new SaltedDigest();
    private final GrowingTree tree = new GrowingTree();
    private final Map<String, Long> nextSequenceNumbers = new HashMap<>();
    private long size;
    private long recordedAt = Long.MIN_VALUE;
    private byte[] lastHash = CommitHash.none();
    private byte[] lastRoot = hasher.emptyRoot();

    private LogVerification(EventLog log) {
        this.log = log;
    }

    /** A verification that has seen nothing yet. */
    public static LogVerification begin(EventLog log) {
        return new LogVerification(log);
    }

    /**
     * Verifies a log up to its present head.
     *
     * @return the number of events verified
     * @throws Corrupt naming the first position that does not hold
     */
    public static long of(EventLog log) {
        LogHead head = log.head();
        LogVerification verification = new LogVerification(log);
        verification.upTo(head.size(), _ -> {});
        require(
                head.size() == 0
                        || Arrays.equals(verification.lastHash, head.commitHash())
                                && Arrays.equals(verification.lastRoot, head.root()),
                head.lastCommit(),
                "the head is not that of the last commit");
        return verification.size;
    }

    /**
     * Goes on until so many events are verified.
     *
     * @param end how many; a commit ends there
     * @param reader is shown each event once it is verified
     * @return the RFC 6962 root over them
     * @throws Corrupt naming the first position that does not hold
     */
    public byte[] upTo(long end, Consumer<StoredEvent> reader) {
        through(end - 1, reader);
        require(size == end, end, "no commit ends before this position");
        return lastRoot;
    }

    /**
     * Goes on to the end of the commit that holds a position.
     *
     * @param reader is shown each event once it is verified
     * @return how many events are verified
     * @throws Corrupt naming the first position that does not hold
     */
    public long through(long position, Consumer<StoredEvent> reader) {
        while (size <= position) {
            List<Commit> commits = log.commits(size, EVENTS_AT_ONCE);
            require(!commits.isEmpty(), size, "the log ends before its head");
            for (Commit commit : commits) {
                if (size <= position) {
                    verify(commit);
                    commit.events().forEach(reader);
                }
            }
        }
        return size;
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
        lastHash = CommitHeader.of(commit).hash();
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
