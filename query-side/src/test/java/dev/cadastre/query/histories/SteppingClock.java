package dev.cadastre.query.histories;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on by a step each time somebody looks at it, and can be set. */
public final class SteppingClock extends Clock {

    private final AtomicReference<Instant> next;
    private final Duration step;

    public SteppingClock(Instant begin, Duration step) {
        this.next = new AtomicReference<>(begin);
        this.step = step;
    }

    /** Sets what it tells next. */
    public void set(Instant instant) {
        next.set(instant);
    }

    /** Goes on by that much. */
    public void move(Duration by) {
        next.updateAndGet(now -> now.plus(by));
    }

    @Override
    public Instant instant() {
        return next.getAndUpdate(now -> now.plus(step));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
