package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds the entities whose version is not the same at two coordinates. If nothing was recorded of
 * an entity between two positions it reads the same at both, at any instant; and if no version of
 * it that was ever believed starts between two instants it has the same at both, as known at any
 * position. So only what was recorded or ended between the positions, or starts between the
 * instants, is looked at; all entities are where that would be more.
 */
final class Differences {

    private final KindIndex kind;
    private final Search before;
    private final Search after;
    private final Cost cost;
    private final TimelineCursor timeline = new TimelineCursor();
    private final List<Difference> found = new ArrayList<>();

    Differences(KindIndex kind, Search before, Search after, Cost cost) {
        this.kind = kind;
        this.before = before;
        this.after = after;
        this.cost = cost;
    }

    List<Difference> between(Coordinates from, Coordinates to) {
        long first = Math.min(from.asOf(), to.asOf());
        long last = Math.max(from.asOf(), to.asOf());
        boolean current = before.current() && after.current();
        int earlier = current ? 0 : Math.min(from.knownAt(), to.knownAt());
        int later = current ? 0 : Math.max(from.knownAt(), to.knownAt());
        int firstRow = kind.rows.limit(earlier);
        int lastRow = kind.rows.limit(later);
        long looks =
                kind.log.startsUpTo(last)
                        - kind.log.startsUpTo(first)
                        + lastRow
                        - firstRow
                        + kind.ended.endedWithin(earlier, later);
        if (looks > kind.order.size()) {
            kind.order.walk(
                    -1,
                    false,
                    entity -> {
                        compare(entity);
                        return true;
                    });
            return found;
        }
        IntSet candidates = new IntSet();
        IntConsumer look =
                row -> {
                    cost.entries++;
                    candidates.add(kind.rows.entity(row));
                };
        kind.log.forEach(first, last, look);
        if (!current) {
            kind.ended.forEachStart(first, last, look);
            kind.ended.forEachEnded(earlier, later, look);
            for (int row = firstRow; row < lastRow; row++) {
                look.accept(row);
            }
        }
        kind.order.walk(candidates, cost, this::compare);
        return found;
    }

    /** One look at the entity's entries for both ends: they lie side by side. */
    private void compare(int entity) {
        kind.timelines.find(entity, timeline);
        int one = before.entryAt(timeline);
        int other = after.entryAt(timeline);
        if (one != other) {
            found.add(
                    new Difference(
                            entity,
                            one < 0 ? null : kind.version(timeline, one),
                            other < 0 ? null : kind.version(timeline, other)));
        }
    }
}
