package dev.cadastre.query.temporal;

import java.util.Arrays;

/** Counts when believed versions of one kind start: of all entities, or where a filter matches. */
final class Starts {

    private final KindIndex kind;
    private final int knownAt;
    private final Cost cost;

    Starts(KindIndex kind, int knownAt, Cost cost) {
        this.kind = kind;
        this.knownAt = knownAt;
        this.cost = cost;
    }

    /** Takes each start, with the row that begins and the one believed before it. */
    @FunctionalInterface
    private interface StartVisitor {
        void visit(long start, int row, int before);
    }

    /** How many lie within each of the half-open intervals between neighbouring bounds. */
    long[] within(long[] bounds) {
        if (bounds.length < 2) {
            return new long[0];
        }
        return isCurrent() ? currentWithin(bounds) : counted(bounds, (_, _) -> true);
    }

    /** The same of those before or after which the entity matches. */
    long[] within(long[] bounds, RowFilter filter) {
        if (bounds.length < 2) {
            return new long[0];
        }
        return counted(
                bounds,
                (row, before) ->
                        filter.matches(row)
                                || (before != Timelines.NONE && filter.matches(before)));
    }

    /** The first one after an instant; {@link Long#MAX_VALUE} if none. */
    long next(long after) {
        if (isCurrent()) {
            return kind.log.nextStart(after);
        }
        long[] next = {Long.MAX_VALUE};
        forEachKnown((start, _, _) -> next[0] = start > after && start < next[0] ? start : next[0]);
        return next[0];
    }

    private boolean isCurrent() {
        return knownAt >= kind.lastChange();
    }

    private long[] currentWithin(long[] bounds) {
        long[] starts = new long[bounds.length - 1];
        long below = before(bounds[0]);
        for (int i = 0; i < starts.length; i++) {
            long next = before(bounds[i + 1]);
            starts[i] = next - below;
            below = next;
        }
        return starts;
    }

    private long before(long bound) {
        return bound == Long.MIN_VALUE ? 0 : kind.log.startsUpTo(bound - 1);
    }

    @FunctionalInterface
    private interface RowTest {
        boolean test(int row, int before);
    }

    private long[] counted(long[] bounds, RowTest test) {
        long[] starts = new long[bounds.length - 1];
        StartVisitor count =
                (start, row, before) -> {
                    int found = Arrays.binarySearch(bounds, start);
                    int interval = found >= 0 ? found : -found - 2;
                    if (interval >= 0 && interval < starts.length && test.test(row, before)) {
                        starts[interval]++;
                    }
                };
        if (isCurrent()) {
            forEachCurrent(bounds[0], bounds[starts.length], count);
        } else {
            forEachKnown(count);
        }
        return starts;
    }

    private void forEachCurrent(long from, long until, StartVisitor visitor) {
        kind.log.walk(
                from == Long.MIN_VALUE ? from : from - 1,
                (start, row, before) -> {
                    cost.entries++;
                    if (start >= until) {
                        return false;
                    }
                    visitor.visit(start, row, before);
                    return true;
                });
    }

    private void forEachKnown(StartVisitor visitor) {
        TimelineCursor timeline = new TimelineCursor();
        int rowLimit = kind.rows.limit(knownAt);
        kind.timelines.scan(
                timeline,
                () -> {
                    int before = Timelines.NONE;
                    for (int entry = 0; entry < timeline.size; entry++) {
                        if (timeline.believed(entry, rowLimit, knownAt)) {
                            int row = timeline.row(entry);
                            visitor.visit(timeline.validFrom(entry), row, before);
                            before = row;
                        }
                    }
                    cost.entries += timeline.size;
                });
    }
}
