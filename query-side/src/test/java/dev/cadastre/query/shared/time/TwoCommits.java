package dev.cadastre.query.shared.time;

import dev.cadastre.events.Microseconds;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** A log of two commits, of which the view holds those up to a position. */
public record TwoCommits(long held) implements LogView {

    private static final long FIRST = Microseconds.of(Instant.parse("2026-05-01T10:00:00Z"));
    private static final long SECOND = Microseconds.of(Instant.parse("2026-05-01T11:00:00Z"));

    @Override
    public Horizon horizon() {
        return held < 0 ? Horizon.NOTHING : new Horizon(held, recordedAt(held));
    }

    @Override
    public long lastPositionRecordedBy(long microseconds) {
        return microseconds < FIRST ? -1 : Math.min(held, microseconds < SECOND ? 2 : 5);
    }

    @Override
    public long endOfChangeSet(long position) {
        return position <= 1 ? 1 : position == 2 ? 2 : 5;
    }

    @Override
    public long recordedAt(long position) {
        return position <= 2 ? FIRST : SECOND;
    }

    @Override
    public long beginsAt() {
        return held < 0 ? Long.MAX_VALUE : FIRST;
    }

    @Override
    public OptionalLong statesBegun(long asOf, long position) {
        return OptionalLong.empty();
    }

    @Override
    public long lastPositionOfLog() {
        return held < 0 ? -1 : 5;
    }

    @Override
    public Registration onAdvance(Runnable listener) {
        return () -> {};
    }

    @Override
    public OptionalLong lastHeard() {
        return OptionalLong.empty();
    }

    @Override
    public boolean await(long position, Duration atMost) {
        return held >= position;
    }
}
