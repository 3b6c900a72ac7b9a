package dev.cadastre.query.webhooks.delivery;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Wakes the one thread that waits for it: when it is rung, or at an instant. */
final class Bell {

    private final Alarm alarm;
    private final Semaphore rung = new Semaphore(0);
    private @Nullable Instant next;

    Bell(Alarm alarm) {
        this.alarm = alarm;
    }

    void ring() {
        rung.release();
    }

    /** Rings once at the earliest instant asked for, however often it is asked for. */
    void ringAt(Instant instant) {
        synchronized (this) {
            if (next != null && !instant.isBefore(next)) {
                return;
            }
            next = instant;
        }
        alarm.at(instant, () -> ringAsAsked(instant));
    }

    private void ringAsAsked(Instant instant) {
        synchronized (this) {
            if (instant.equals(next)) {
                next = null;
            }
        }
        ring();
    }

    /** Forgets that it was rung, before the thread looks for what there is to do. */
    void silence() {
        rung.drainPermits();
    }

    /** Waits until it is rung, or was rung since it was silenced. */
    void await() throws InterruptedException {
        rung.acquire();
    }
}
