package dev.cadastre.query.histories;

import dev.cadastre.events.Microseconds;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that shows what it was set to. */
public final class SettableClock extends Clock {

    private volatile Instant now;

    /**
     * @param microseconds since 1970
     */
    public SettableClock(long microseconds) {
        set(microseconds);
    }

    public void set(long microseconds) {
        now = Microseconds.toInstant(microseconds);
    }

    @Override
    public Instant instant() {
        return now;
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
