package dev.cadastre.query.webhooks.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Rings at an instant. */
public interface Alarm extends AutoCloseable {

    /**
     * Has the bell rung at the instant, or at once where that is past; on a thread of the alarm's,
     * and therefore briefly. Never early by the clock.
     */
    void at(Instant instant, Runnable bell);

    /** Rings no more, whatever it is asked for. */
    @Override
    void close();

    /** An alarm that goes by a clock, with one thread. */
    static Alarm by(Clock clock) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().name("webhook-alarm").daemon().factory(),
                        new ThreadPoolExecutor.DiscardPolicy());
        return new Alarm() {
            @Override
            public void at(Instant instant, Runnable bell) {
                long nanos =
                        Math.max(0, Duration.between(clock.instant(), instant).toNanos() + 1_000);
                timer.schedule(bell, nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void close() {
                timer.shutdownNow();
            }
        };
    }
}
