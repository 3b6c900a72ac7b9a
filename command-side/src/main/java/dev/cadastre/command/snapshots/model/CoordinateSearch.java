package dev.cadastre.command.snapshots.model;

import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.time.Clock;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the log itself what coordinates somebody means. Each is found in a few look-ups, however
 * long the log is. Thread-safe.
 */
public final class CoordinateSearch {

    /** By when something was known, as a caller says it. */
    public sealed interface Knowledge {

        /** All that is recorded now. */
        record Everything() implements Knowledge {}

        /** What had been recorded by an instant, microseconds since 1970. */
        record RecordedBy(long instant) implements Knowledge {}

        /** What lies up to a position, and the rest of its change set; -1 for nothing. */
        record UpTo(long position) implements Knowledge {}
    }

    private record Found(long position, long knownAt) {}

    private final EventLog log;
    private final Clock clock;

    public CoordinateSearch(EventLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * The coordinates, which from now on mean the same for ever.
     *
     * @param asOf microseconds since 1970; null for the default, which follows the knowledge
     * @throws Rejection.NotAllowed if the knowledge lies beyond the end of the log
     */
    public SnapshotCoordinates find(@Nullable Long asOf, Knowledge knowledge) {
        LogHead head = log.latestHead();
        long now = Microseconds.ofClock(clock.instant());
        return switch (knowledge) {
            case Knowledge.Everything _ -> {
                Found all = everything(head, now);
                yield at(asOf == null ? Math.max(now, all.knownAt()) : asOf, all, head);
            }
            case Knowledge.RecordedBy(long instant) ->
                    at(asOf == null ? instant : asOf, recordedBy(instant, head, now), head);
            case Knowledge.UpTo(long position) -> {
                Found end = upTo(position, head, now);
                yield at(asOf == null ? end.knownAt() : asOf, end, head);
            }
        };
    }

    private static Found everything(LogHead head, long now) {
        return new Found(head.size() - 1, head.size() == 0 ? now : head.recordedAt());
    }

    private Found recordedBy(long instant, LogHead head, long now) {
        if (head.size() == 0 || instant >= head.recordedAt()) {
            // What will be recorded until then is not known yet: now is all there is.
            Found all = everything(head, now);
            return new Found(all.position(), Math.min(instant, all.knownAt()));
        }
        long last =
                lastThat(event -> event.envelope().recordedAt() <= instant, -1, head.size() - 1);
        return new Found(last, instant);
    }

    private Found upTo(long position, LogHead head, long now) {
        if (position >= head.size()) {
            throw new Rejection.NotAllowed(
                    "/knownAt",
                    "Position "
                            + position
                            + " lies behind the end of the log, whose last position is "
                            + (head.size() - 1)
                            + ".");
        }
        if (position < 0) {
            return new Found(-1, head.size() == 0 ? now : event(0).envelope().recordedAt() - 1);
        }
        StoredEvent named = event(position);
        long end =
                lastThat(
                        event -> event.envelope().changeSet().equals(named.envelope().changeSet()),
                        position,
                        head.size() - 1);
        return new Found(end, named.envelope().recordedAt());
    }

    /**
     * The last position that passes, where all up to some place do and none behind it.
     *
     * @param passes known to pass; -1 for none
     */
    private long lastThat(Predicate<StoredEvent> test, long passes, long last) {
        long low = passes;
        long step = 1;
        // Most change sets are short: the end is looked for near the beginning first.
        while (low + step <= last && test.test(event(low + step))) {
            low += step;
            step *= 2;
        }
        long high = Math.min(low + step, last + 1);
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (test.test(event(middle))) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private StoredEvent event(long position) {
        return log.event(position).orElseThrow();
    }

    private SnapshotCoordinates at(long asOf, Found found, LogHead head) {
        long treeSize;
        byte[] root;
        if (found.position() == head.size() - 1) {
            treeSize = head.size();
            root = head.root();
        } else if (found.position() < 0) {
            treeSize = 0;
            root = new TreeHasher().emptyRoot();
        } else {
            Commit commit = log.commits(found.position(), 1).getFirst();
            treeSize = commit.lastPosition() + 1;
            root = commit.root();
        }
        return new SnapshotCoordinates(
                Microseconds.toInstant(asOf),
                Microseconds.toInstant(found.knownAt()),
                found.position(),
                treeSize,
                HexFormat.of().formatHex(root));
    }
}
