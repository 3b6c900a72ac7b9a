package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

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
    private final LongSupplier size;
    private final LongFunction<Future<?>> takeIn;
    private final Thread thread;
    private volatile Instant lastHeard;
    private volatile long committedAt = System.nanoTime() - JUST_NOW.toNanos();
    private volatile boolean closed;

    /**
     * @param size of the log as the writer knows it
     * @param takeIn has the writer go on if the log still has the size; done once it has
     */
    LogFollower(
            SharedStore shared,
            WritingState state,
            Clock clock,
            LongSupplier size,
            LongFunction<Future<?>> takeIn) {
        this.shared = shared;
        this.state = state;
        this.clock = clock;
        this.size = size;
        this.takeIn = takeIn;
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

    /** Called when the writer has committed something that it began at that time. */
    void committed(Instant begun) {
        lastHeard = begun;
        committedAt = System.nanoTime();
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
        if (!away && System.nanoTime() - committedAt < JUST_NOW.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(JUST_NOW.toNanos());
            return;
        }
        Instant asking = clock.instant();
        long known = size.getAsLong();
        boolean more = shared.awaitCommit(known, away ? AWAY : AT_HOME);
        if (more || away) {
            takeIn.apply(known).get();
        }
        if (!state.hasEnded() && (!more || size.getAsLong() > known)) {
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
