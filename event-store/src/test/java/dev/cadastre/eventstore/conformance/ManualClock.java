package dev.cadastre.eventstore.conformance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told otherwise; it may be told to go back. */
public final class ManualClock extends Clock {

    private final AtomicReference<Instant> reading =
            new AtomicReference<>(Instant.parse("2026-03-01T08:00:00Z"));

    public void advance(Duration step) {
        reading.updateAndGet(now -> now.plus(step));
    }

    @Override
    public Instant instant() {
        return reading.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the log reads instants only");
    }
}
