package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that learns of the commits of other processes, and of whether the store is there at all,
 * and has the writer take them in. While the writer itself commits all the time, it does not ask.
 */
final class LogFollower {

    private static final Duration AT_HOME = Duration.ofSeconds(1);
    private static final Duration AWAY = Duration.ofMillis(200);
    private static final Duration JUST_NOW = Duration.ofMillis(20);

    private final SharedStore shared;
    private final WritingState state;
    private final Clock clock;
    private final CommitThread writing;
    private final Thread thread;
    private volatile Instant lastHeard;
    private volatile boolean closed;

    LogFollower(SharedStore shared, WritingState state, Clock clock, CommitThread writing) {
        this.shared = shared;
        this.state = state;
        this.clock = clock;
        this.writing = writing;
        this.lastHeard = clock.instant();
        this.thread = Thread.ofPlatform().name("log-follower").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Up to when this process knows all that was committed. */
    Instant lastHeard() {
        return lastHeard;
    }

    private void run() {
        while (!closed && !state.hasEnded()) {
            try {
                follow();
            } catch (InterruptedException e) {
                return;
            } catch (Unavailable e) {
                if (closed) {
                    return;
                }
                state.away(e);
                LockSupport.parkNanos(AWAY.toNanos());
            } catch (LogException.Corrupt e) {
                state.contradicted(e);
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("following never fails", impossible);
            }
        }
    }

    private void follow() throws InterruptedException, ExecutionException {
        boolean away = state.isAway();
        CommitThread.LastCommit last = writing.lastCommit();
        if (!away && last != null && System.nanoTime() - last.nanoTime() < JUST_NOW.toNanos()) {
            lastHeard = last.begun().isAfter(lastHeard) ? last.begun() : lastHeard;
            TimeUnit.NANOSECONDS.sleep(JUST_NOW.toNanos());
            return;
        }
        Instant asking = clock.instant();
        long size = writing.head().size();
        boolean more = shared.awaitCommit(size, away ? AWAY : AT_HOME);
        if (more || away) {
            writing.follow(size).get();
        }
        if (!state.hasEnded() && (!more || writing.head().size() > size)) {
            lastHeard = asking;
        }
    }

    /**
     * Ends following.
     *
     * @return the thread, which may be waiting for the writer for a moment yet
     */
    Thread end() {
        closed = true;
        thread.interrupt();
        return thread;
    }
}
