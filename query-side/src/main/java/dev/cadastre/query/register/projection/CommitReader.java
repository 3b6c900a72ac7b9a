package dev.cadastre.query.register.projection;

import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log from a position on, checks that each commit continues the one before it, and
 * decodes its events. Waits at the head for the log's bell; looks anew each second all the same, so
 * that a lost bell costs time only. For one thread.
 */
final class CommitReader {

    private static final Logger LOG = LoggerFactory.getLogger(CommitReader.class);

    private final EventLog log;
    private final int batchEvents;
    private final Semaphore bell = new Semaphore(0);
    private long next;
    private byte[] previous;
    private boolean reachable = true;

    /**
     * @param next position to begin with
     * @param previous hash of the commit before it
     * @param batchEvents about how many events are read at once
     */
    CommitReader(EventLog log, long next, byte[] previous, int batchEvents) {
        this.log = log;
        this.next = next;
        this.previous = previous;
        this.batchEvents = batchEvents;
    }

    /** Ends a wait at the head. */
    void ring() {
        bell.release();
    }

    /**
     * The next commits, as soon as there are any.
     *
     * @throws LogException.Corrupt if they do not continue what was read before
     */
    List<DecodedCommit> take() throws InterruptedException {
        while (true) {
            bell.drainPermits();
            List<Commit> commits = read();
            if (!commits.isEmpty()) {
                List<DecodedCommit> decoded = new ArrayList<>(commits.size());
                for (Commit commit : commits) {
                    check(commit);
                    decoded.add(DecodedCommit.of(commit));
                }
                return decoded;
            }
            bell.tryAcquire(1, TimeUnit.SECONDS);
        }
    }

    private List<Commit> read() {
        try {
            List<Commit> commits = log.commits(next, batchEvents);
            if (!reachable) {
                LOG.info("The log can be read again from position {} on", next);
                reachable = true;
            }
            return commits;
        } catch (LogException.Unavailable e) {
            if (reachable) {
                LOG.error("The log cannot be read from position {} on; trying again", next, e);
                reachable = false;
            }
            return List.of();
        }
    }

    private void check(Commit commit) {
        if (commit.position() != next) {
            throw new LogException.Corrupt(
                    next, "the log continues with position " + commit.position() + " instead");
        }
        if (!Arrays.equals(commit.previous(), previous)) {
            throw new LogException.Corrupt(
                    next, "the commit does not name the one before it as its predecessor");
        }
        next = commit.lastPosition() + 1;
        previous = CommitHeader.of(commit).hash();
    }
}
