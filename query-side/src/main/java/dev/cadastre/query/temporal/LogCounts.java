package dev.cadastre.query.temporal;

/** Counts present entities as of an instant from the sums of the change log. */
final class LogCounts {

    private final ChangeLog log;
    private final Rows rows;
    private final Cost cost;

    LogCounts(KindIndex kind, Cost cost) {
        this.log = kind.log;
        this.rows = kind.rows;
        this.cost = cost;
    }

    /** Whether counts by a facet with so many values come from the sums. */
    static boolean countable(int values) {
        return values <= LogSums.SPAN_VALUES;
    }

    /** How many present entities have each value of a facet as of an instant. */
    long[] counts(int facet, int values, long asOf) {
        long[] counts = new long[values];
        Tally tally =
                new Tally() {
                    @Override
                    public void take(LogSums sums) {
                        sums.addTo(facet, counts);
                    }

                    @Override
                    public void take(int row, int sign) {
                        counts[rows.value(row, facet)] += sign;
                    }
                };
        sum(asOf, values <= LogSums.BLOCK_VALUES, tally);
        return counts;
    }

    /** Whether counts by two facets with so many values come from the sums. */
    static boolean countable(int values, int others) {
        return values <= PairSums.VALUES && others <= PairSums.VALUES;
    }

    /**
     * How many present entities have each two values of two facets as of an instant, by {@link
     * PairSums#cell}.
     */
    int[] pairs(int first, int second, long asOf) {
        int[] counts = new int[PairSums.CELLS];
        if (log.spans().isEmpty()) {
            return counts;
        }
        Tally tally =
                new Tally() {
                    @Override
                    public void take(LogSums sums) {
                        throw new IllegalStateException("blocks have no sums of pairs");
                    }

                    @Override
                    public void take(int row, int sign) {
                        counts[PairSums.cell(rows.value(row, first), rows.value(row, second))] +=
                                sign;
                    }
                };
        int index = log.spanIndex(asOf, Integer.MAX_VALUE);
        LogSpan span = log.spans().get(index);
        int added = 0;
        for (LogGroup group : log.groups()) {
            if (group == span.group) {
                break;
            }
            group.pairs.addTo(first, second, counts);
            cost.entries++;
            added += group.spans;
        }
        for (; added < index; added++) {
            log.spans().get(added).pairs.addTo(first, second, counts);
            cost.entries++;
        }
        int last = span.blockFor(asOf, Integer.MAX_VALUE);
        int upTo = span.blocks.get(last).upTo(asOf, Integer.MAX_VALUE);
        boolean fromEnd = 2 * last >= span.blocks.size();
        if (fromEnd) {
            span.pairs.addTo(first, second, counts);
        }
        for (int i = 0; i < span.blocks.size(); i++) {
            LogBlock block = span.blocks.get(i);
            int bound = i < last ? block.size() : i == last ? upTo : 0;
            if (fromEnd) {
                take(block, bound, block.size(), -1, tally);
            } else {
                take(block, 0, bound, 1, tally);
            }
        }
        return counts;
    }

    /** How many entities are present as of an instant. */
    long present(long asOf) {
        long[] count = new long[1];
        Tally tally =
                new Tally() {
                    @Override
                    public void take(LogSums sums) {
                        count[0] += sums.present();
                    }

                    @Override
                    public void take(int row, int sign) {
                        count[0] += sign;
                    }
                };
        sum(asOf, true, tally);
        return count[0];
    }

    /** Adds up what changes the number of present entities. */
    private interface Tally {
        void take(LogSums sums);

        void take(int row, int sign);
    }

    /**
     * @param fine whether blocks, and spans of those before them, have sums of what is counted
     */
    private void sum(long asOf, boolean fine, Tally tally) {
        if (log.spans().isEmpty()) {
            return;
        }
        int index = log.spanIndex(asOf, Integer.MAX_VALUE);
        LogSpan span = log.spans().get(index);
        int last = span.blockFor(asOf, Integer.MAX_VALUE);
        LogBlock block = span.blocks.get(last);
        int upTo = block.upTo(asOf, Integer.MAX_VALUE);
        if (fine) {
            tally.take(span.before);
            for (int i = 0; i < last; i++) {
                tally.take(span.blocks.get(i).sums);
            }
            cost.entries += last + 1;
            if (upTo > block.size() / 2) {
                // The nearer end of the block: all of it, less what comes later.
                tally.take(block.sums);
                take(block, upTo, block.size(), -1, tally);
            } else {
                take(block, 0, upTo, 1, tally);
            }
            return;
        }
        for (int i = 0; i < index; i++) {
            tally.take(log.spans().get(i).sums);
        }
        for (int i = 0; i < last; i++) {
            take(span.blocks.get(i), 0, span.blocks.get(i).size(), 1, tally);
        }
        take(block, 0, upTo, 1, tally);
        cost.entries += index;
    }

    private void take(LogBlock block, int from, int to, int sign, Tally tally) {
        for (int entry = from; entry < to; entry++) {
            int row = block.row(entry);
            if (rows.present(row)) {
                tally.take(row, sign);
            }
            int before = block.before(entry);
            if (before >= 0 && rows.present(before)) {
                tally.take(before, -sign);
            }
        }
        cost.entries += to - from;
    }
}
