package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

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
    private final IntFunction<Version> version;

    /** Entities that differ, with the rows that hold for them at either end. */
    private final IntList entities = new IntList();

    private final IntList rowsBefore = new IntList();
    private final IntList rowsAfter = new IntList();

    Differences(
            KindIndex kind, Search before, Search after, Cost cost, IntFunction<Version> version) {
        this.kind = kind;
        this.before = before;
        this.after = after;
        this.cost = cost;
        this.version = version;
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
            return inOrderFound();
        }
        IntSet seen = new IntSet();
        IntConsumer look =
                row -> {
                    cost.entries++;
                    int entity = kind.rows.entity(row);
                    if (seen.add(entity)) {
                        compare(entity);
                    }
                };
        kind.log.forEach(first, last, look);
        if (!current) {
            kind.ended.forEachStart(first, last, look);
            kind.ended.forEachEnded(earlier, later, look);
            for (int row = firstRow; row < lastRow; row++) {
                look.accept(row);
            }
        }
        return inIdOrder();
    }

    private void compare(int entity) {
        int one = before.rowAt(entity);
        int other = after.rowAt(entity);
        if (one != other) {
            entities.add(entity);
            rowsBefore.add(one);
            rowsAfter.add(other);
        }
    }

    private List<Difference> inOrderFound() {
        List<Difference> differences = new ArrayList<>(entities.size());
        for (int found = 0; found < entities.size(); found++) {
            differences.add(difference(found));
        }
        return differences;
    }

    private List<Difference> inIdOrder() {
        Difference[] differences = inOrderFound().toArray(Difference[]::new);
        Arrays.sort(differences, (one, other) -> kind.order.compare(one.entity(), other.entity()));
        return Arrays.asList(differences);
    }

    private Difference difference(int found) {
        int one = rowsBefore.get(found);
        int other = rowsAfter.get(found);
        return new Difference(
                entities.get(found),
                one < 0 ? null : version.apply(one),
                other < 0 ? null : version.apply(other));
    }
}
