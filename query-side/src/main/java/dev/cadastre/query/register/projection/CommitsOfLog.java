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

    private CommitsOfLog() {}

    /** The commit that ends at the token's position with the token's root, if the log has it. */
    public static @Nullable Commit endingAt(EventLog log, TrackingToken token) {
        Commit commit = holding(log, token.position());
        return commit != null
                        && commit.lastPosition() == token.position()
                        && Arrays.equals(commit.root(), token.root())
                ? commit
                : null;
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
