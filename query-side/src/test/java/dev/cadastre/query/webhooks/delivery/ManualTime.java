package dev.cadastre.query.webhooks.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A clock, and the alarm that goes by it, that stand still until a test moves them. */
final class ManualTime extends Clock implements Alarm {

    private final TreeMap<Instant, List<Runnable>> bells = new TreeMap<>();
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public void at(Instant instant, Runnable bell) {
        synchronized (this) {
            if (instant.isAfter(now)) {
                bells.computeIfAbsent(instant, _ -> new ArrayList<>()).add(bell);
                return;
            }
        }
        bell.run();
    }

    void advance(Duration by) {
        advanceTo(instant().plus(by));
    }

    /** Goes to an instant, never back, and rings what is due by then. */
    void advanceTo(Instant instant) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            now = instant.isAfter(now) ? instant : now;
            Map<Instant, List<Runnable>> past = bells.headMap(now, true);
            past.values().forEach(due::addAll);
            past.clear();
        }
        due.forEach(Runnable::run);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public void close() {}
}
