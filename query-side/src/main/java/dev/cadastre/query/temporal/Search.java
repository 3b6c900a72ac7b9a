package dev.cadastre.query.temporal;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Finds the rows that match a filter at coordinates. Candidates come from where there are fewest:
 * the entities that ever had one of a facet's values, or the change log's entries up to the instant
 * (few when it lies early), or all entities. Each is then judged by its own timeline.
 */
final class Search {

    private static final int BATCH = 256;

    /** What costs how much, measured in looks at one id of a walk. */
    private static final long JUDGING = 20;

    private static final long READING = 5;

    /** So many are judged faster than sums of pairs are added up. */
    private static final int FEW = 1024;

    private final KindIndex kind;
    private final RowFilter filter;
    private final Coordinates at;
    private final int rowLimit;
    private final boolean current;
    private final Cost cost;
    private final EverHeld everHeld;

    Search(KindIndex kind, RowFilter filter, Coordinates at, Cost cost) {
        this.kind = kind;
        this.filter = filter;
        this.at = at;
        this.cost = cost;
        this.everHeld = new EverHeld(kind, filter);
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

    /** The entry that holds among those of an entity; -1 for none. */
    int entryAt(TimelineCursor timeline) {
        return timeline.entryAt(at.asOf(), rowLimit, at.knownAt(), cost);
    }

    /** The row that holds for an entity if it matches; else {@link Timelines#NONE}. */
    int matchAt(int entity) {
        cost.entries++;
        if (!everHeld.mayMatch(entity)) {
            return Timelines.NONE;
        }
        int row = rowAt(entity);
        return row >= 0 && filter.matches(row) ? row : Timelines.NONE;
    }

    /** How many entities would be judged. */
    long candidates() {
        return isLogCheaper() ? kind.log.startsUpTo(at.asOf()) : everHeld.atMost();
    }

    /** Every row that matches, in no particular order. */
    void forEach(IntConsumer action) {
        if (filter.matchesNothing()) {
            return;
        }
        int place = everHeld.narrowest();
        if (isLogCheaper()) {
            fromLog(action);
        } else if (place != EverHeld.NO_FACET) {
            fromHolders(place, action);
        } else {
            kind.timelines.rowsAt(
                    at.asOf(),
                    rowLimit,
                    at.knownAt(),
                    cost,
                    (rows, count) -> {
                        for (int i = 0; i < count; i++) {
                            if (rows[i] >= 0 && filter.matches(rows[i])) {
                                action.accept(rows[i]);
                            }
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
            EntitySet entities = kind.postings.holders(facet, value);
            if (entities != null) {
                Judged judged = new Judged(facet, value, action);
                entities.forEach(judged);
                judged.finish();
            }
        }
    }

    /**
     * Judges the holders of a value. Finding rows waits for memory, judging them is hard to
     * predict: apart, both are faster.
     */
    private final class Judged implements IntConsumer {
        private final int facet;
        private final int value;
        private final IntConsumer action;
        private final int[] entities = new int[BATCH];
        private final int[] found = new int[BATCH];
        private int size;

        Judged(int facet, int value, IntConsumer action) {
            this.facet = facet;
            this.value = value;
            this.action = action;
        }

        @Override
        public void accept(int entity) {
            if (!everHeld.mayMatch(entity)) {
                return;
            }
            if (size == BATCH) {
                finish();
            }
            entities[size++] = entity;
        }

        void finish() {
            for (int i = 0; i < size; i++) {
                found[i] = rowAt(entities[i]);
            }
            for (int i = 0; i < size; i++) {
                int row = found[i];
                // Who had several of the values is listed under each, but has one of them now.
                if (row >= 0 && kind.rows.value(row, facet) == value && filter.matches(row)) {
                    action.accept(row);
                }
            }
            size = 0;
        }
    }

    /**
     * Whether walking along the ids to the end of a page costs less than judging all candidates.
     *
     * @param total how many match
     * @param wanted how many of them are walked to
     */
    boolean isWalkCheaper(long total, int wanted) {
        double share = Math.min(1, (double) wanted / total);
        double walk = share * (kind.order.size() + (double) JUDGING * everHeld.atMost());
        return walk < Math.min(JUDGING * everHeld.atMost(), costOfLog());
    }

    private boolean isLogCheaper() {
        return costOfLog() < JUDGING * everHeld.atMost();
    }

    /** What it costs to look at all that starts up to the instant. */
    private long costOfLog() {
        return current ? READING * kind.log.startsUpTo(at.asOf()) : Long.MAX_VALUE;
    }

    /** How many match, where the change log's sums tell; -1 where they do not. */
    long countFromLog() {
        Grouping none = new Grouping(kind, List.of());
        return sumByLog(none) ? none.total() : -1;
    }

    /** Counts from the change log's sums; false where they do not tell. */
    boolean sumByLog(Grouping grouping) {
        if (!current || !filter.countsPresent()) {
            return false;
        }
        int[] facets =
                IntStream.concat(
                                IntStream.range(0, filter.facets()).map(filter::facet),
                                IntStream.range(0, grouping.facets()).map(grouping::facet))
                        .sorted()
                        .distinct()
                        .toArray();
        return switch (facets.length) {
            case 0 -> {
                grouping.add(0, 0, 0, 0, new LogCounts(kind, cost).present(at.asOf()));
                yield true;
            }
            case 1 -> sumByLog(facets[0], grouping);
            case 2 -> sumByLog(facets[0], facets[1], grouping);
            default -> false;
        };
    }

    private boolean sumByLog(int facet, Grouping grouping) {
        int values = kind.values(facet);
        if (!LogCounts.countable(values)) {
            return false;
        }
        long[] counts = new LogCounts(kind, cost).counts(facet, values, at.asOf());
        for (int value = 0; value < values; value++) {
            if (filter.admits(facet, value)) {
                grouping.add(facet, value, facet, value, counts[value]);
            }
        }
        return true;
    }

    private boolean sumByLog(int first, int second, Grouping grouping) {
        int firstValues = kind.values(first);
        int secondValues = kind.values(second);
        if (candidates() < FEW || !LogCounts.countable(firstValues, secondValues)) {
            return false;
        }
        int[] counts = new LogCounts(kind, cost).pairs(first, second, at.asOf());
        for (int one = 0; one < firstValues; one++) {
            for (int other = 0; filter.admits(first, one) && other < secondValues; other++) {
                if (filter.admits(second, other)) {
                    int count = counts[PairSums.cell(one, other)];
                    grouping.add(first, one, second, other, count);
                }
            }
        }
        return true;
    }
}
