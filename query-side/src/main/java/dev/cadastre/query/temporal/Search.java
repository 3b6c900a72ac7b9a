package dev.cadastre.query.temporal;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that match a filter at coordinates. Candidates come from where there are fewest:
 * the entities that ever had one of a facet's values, or the change log's entries up to the instant
 * (few when it lies early), or all entities. Each is then judged by its own timeline.
 */
final class Search {

    private static final int NO_FACET = -1;
    private static final int BATCH = 256;

    private final KindIndex kind;
    private final RowFilter filter;
    private final Coordinates at;
    private final int rowLimit;
    private final boolean current;
    private final Cost cost;

    Search(KindIndex kind, RowFilter filter, Coordinates at, Cost cost) {
        this.kind = kind;
        this.filter = filter;
        this.at = at;
        this.cost = cost;
        this.current = at.knownAt() >= kind.lastChange();
        this.rowLimit = current ? kind.rows.count() : kind.rows.limit(at.knownAt());
    }

    boolean current() {
        return current;
    }

    /** The row that holds for an entity, whether it matches or not; {@link Timelines#NONE}. */
    int rowAt(int entity) {
        return kind.timelines.rowAt(entity, at.asOf(), rowLimit, at.knownAt(), cost);
    }

    /** The row that holds for an entity if it matches; else {@link Timelines#NONE}. */
    int matchAt(int entity) {
        int row = rowAt(entity);
        return row >= 0 && filter.matches(row) ? row : Timelines.NONE;
    }

    /** How many entities would be judged. */
    long candidates() {
        int place = narrowest();
        long fewest = place == NO_FACET ? kind.order.size() : holders(place);
        return current ? Math.min(fewest, kind.log.startsUpTo(at.asOf())) : fewest;
    }

    /** Every row that matches, in no particular order. */
    void forEach(IntConsumer action) {
        if (filter.matchesNothing()) {
            return;
        }
        int place = narrowest();
        long fewest = place == NO_FACET ? kind.order.size() : holders(place);
        if (current && kind.log.startsUpTo(at.asOf()) < fewest) {
            fromLog(action);
        } else if (place != NO_FACET) {
            fromHolders(place, action);
        } else {
            kind.timelines.forEachRowAt(
                    at.asOf(),
                    rowLimit,
                    at.knownAt(),
                    cost,
                    row -> {
                        if (filter.matches(row)) {
                            action.accept(row);
                        }
                    });
        }
    }

    private void fromLog(IntConsumer action) {
        kind.log.forEach(
                Long.MIN_VALUE,
                at.asOf(),
                row -> {
                    cost.entries++;
                    // Only the last start of an entity up to the instant holds then.
                    if (filter.matches(row) && rowAt(kind.rows.entity(row)) == row) {
                        action.accept(row);
                    }
                });
    }

    private void fromHolders(int place, IntConsumer action) {
        int facet = filter.facet(place);
        for (int value : filter.values(place)) {
            IntList entities = kind.postings.holders(facet, value);
            int size = entities == null ? 0 : entities.size();
            // Finding rows waits for memory, judging them is hard to predict: apart, both are
            // faster.
            int[] found = new int[Math.min(size, BATCH)];
            for (int from = 0; from < size; from += BATCH) {
                int batch = Math.min(BATCH, size - from);
                for (int i = 0; i < batch; i++) {
                    found[i] = rowAt(entities.get(from + i));
                }
                for (int i = 0; i < batch; i++) {
                    int row = found[i];
                    // Who had several of the values is listed under each, but has one of them now.
                    if (row >= 0 && kind.rows.value(row, facet) == value && filter.matches(row)) {
                        action.accept(row);
                    }
                }
            }
        }
    }

    /** The restricted facet whose values have the fewest holders; unknown values have no list. */
    private int narrowest() {
        int best = NO_FACET;
        for (int place = 0; place < filter.facets(); place++) {
            int[] values = filter.values(place);
            boolean listed = values.length == 0 || values[0] != Vocabulary.NO_VALUE;
            if (listed && (best == NO_FACET || holders(place) < holders(best))) {
                best = place;
            }
        }
        return best;
    }

    private long holders(int place) {
        long holders = 0;
        for (int value : filter.values(place)) {
            @Nullable IntList entities = kind.postings.holders(filter.facet(place), value);
            holders += entities == null ? 0 : entities.size();
        }
        return holders;
    }

    /** How many match, where the change log's sums tell; -1 where they do not. */
    long countFromLog() {
        if (!current || !filter.countsPresent() || filter.facets() > 1) {
            return -1;
        }
        LogCounts counting = new LogCounts(kind, cost);
        if (filter.facets() == 0) {
            return counting.present(at.asOf());
        }
        int facet = filter.facet(0);
        int values = kind.values(facet);
        if (!LogCounts.countable(values)) {
            return -1;
        }
        long[] counts = counting.counts(facet, values, at.asOf());
        long total = 0;
        for (int value : filter.values(0)) {
            total += counts[value];
        }
        return total;
    }

    /** Counts by at most one facet from the change log's sums; false where they do not tell. */
    boolean sumByLog(Grouping grouping) {
        if (!current || !filter.countsPresent() || filter.facets() > 0 || grouping.facets() > 1) {
            return false;
        }
        LogCounts counting = new LogCounts(kind, cost);
        if (grouping.facets() == 0) {
            grouping.add(0, counting.present(at.asOf()));
            return true;
        }
        int facet = grouping.facet(0);
        int values = kind.values(facet);
        if (!LogCounts.countable(values)) {
            return false;
        }
        long[] counts = counting.counts(facet, values, at.asOf());
        for (int value = 0; value < values; value++) {
            grouping.add(value, counts[value]);
        }
        return true;
    }
}
