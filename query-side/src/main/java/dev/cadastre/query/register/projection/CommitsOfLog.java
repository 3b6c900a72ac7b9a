package dev.cadastre.query.register.projection;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.versions.store.TrackingToken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what was saved with the log. */
public final class CommitsOfLog {

    private static final long LOOK_AGAIN_MILLISECONDS = 50;

    /** How what was saved stands to the log. */
    public enum Agreement {
        /** The log has that root after a commit that ends there, or nothing was saved. */
        SAME,
        /** The log has another root there. */
        OTHER,
        /** The log ends before, as far as can be seen. */
        ABSENT
    }

    private CommitsOfLog() {}

    /** Compares a token with the log. */
    public static Agreement compare(EventLog log, TrackingToken token) {
        if (token.position() < 0) {
            return Agreement.SAME;
        }
        Commit commit = holding(log, token.position());
        if (commit == null) {
            return Agreement.ABSENT;
        }
        return endsWith(commit, token) ? Agreement.SAME : Agreement.OTHER;
    }

    /** The commit that ends at the token's position with the token's root, if the log has it. */
    static @Nullable Commit endingAt(EventLog log, TrackingToken token) {
        Commit commit = holding(log, token.position());
        return commit != null && endsWith(commit, token) ? commit : null;
    }

    private static boolean endsWith(Commit commit, TrackingToken token) {
        return commit.lastPosition() == token.position()
                && Arrays.equals(commit.root(), token.root());
    }

    /** The same; waits for a while if the log ends before the token. */
    static @Nullable Commit awaitEndingAt(EventLog log, TrackingToken token, Duration lead) {
        long end = System.nanoTime() + lead.toNanos();
        while (holding(log, token.position()) == null && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(LOOK_AGAIN_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The wait for the log was given up.", e);
            }
        }
        return endingAt(log, token);
    }

    private static @Nullable Commit holding(EventLog log, long position) {
        List<Commit> commits = log.commits(position, 1);
        return commits.isEmpty() ? null : commits.getFirst();
    }
}
