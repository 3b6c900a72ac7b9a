package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The versions believed now, in valid order over all entities (start, then order of creation), with
 * running sums, so that a count as of any instant adds up a few sums and looks at part of one
 * block.
 *
 * <p>Two levels: spans of blocks of entries. A block or span knows by how much its entries change
 * the number of entities per facet value: an entry adds its own values and takes away those of the
 * version before it. A late fact therefore changes the sums of its own block and of the next
 * version's, whatever lies between, and moves at most a block's entries.
 */
final class ChangeLog {

    private static final int SPAN_BLOCKS = 8;

    private final Rows rows;
    private final List<LogSpan> spans = new ArrayList<>();

    /** Runs of spans, so that sums of pairs are added up in few steps. */
    private final List<LogGroup> groups = new ArrayList<>();

    /** From this span on, the sums over those before are out of date. */
    private int firstStale;

    ChangeLog(Rows rows) {
        this.rows = rows;
    }

    /**
     * Takes up a version that the timelines hold already.
     *
     * @param before the row believed before it, or -1
     * @param after the row believed after it, or -1, with its start
     */
    void add(long validFrom, int row, int before, int after, long afterFrom) {
        if (spans.isEmpty()) {
            spans.add(new LogSpan(rows.facets(), newGroup(0), new LogBlock(rows.facets())));
        }
        if (spans.getLast().blocks.getLast().endsBefore(validFrom, row)) {
            append(validFrom, row, before);
            if (after >= 0) {
                replace(afterFrom, after, before, row);
            }
            return;
        }
        int index = spanIndex(validFrom, row);
        LogSpan span = spans.get(index);
        int place = span.blockFor(validFrom, row);
        LogBlock block = span.blocks.get(place);
        block.insert(validFrom, row, before);
        span.entries++;
        change(index, span, block, row, before);
        if (after >= 0) {
            replace(afterFrom, after, before, row);
        }
        if (block.overfull()) {
            split(index, place);
        }
    }

    /** Takes up a version that comes behind all others; blocks and spans are left full. */
    void append(long validFrom, int row, int before) {
        if (spans.isEmpty()) {
            spans.add(new LogSpan(rows.facets(), newGroup(0), new LogBlock(rows.facets())));
        }
        LogSpan span = spans.getLast();
        LogBlock block = span.blocks.getLast();
        if (block.size() > 0 && !block.endsBefore(validFrom, row)) {
            throw new IllegalArgumentException("row " + row + " is not behind all others");
        }
        if (block.full()) {
            block = new LogBlock(rows.facets());
            if (span.blocks.size() < SPAN_BLOCKS) {
                span.blocks.add(block);
            } else {
                LogGroup group = span.group;
                if (group.spans == LogGroup.SPANS) {
                    group = newGroup(groups.size());
                }
                span = new LogSpan(rows.facets(), group, block);
                spans.add(span);
            }
        }
        block.append(validFrom, row, before);
        span.entries++;
        change(spans.size() - 1, span, block, row, before);
    }

    /** Drops a version; the others as in {@link #add}. */
    void remove(long validFrom, int row, int before, int after, long afterFrom) {
        int index = spanIndex(validFrom, row);
        LogSpan span = spans.get(index);
        int place = span.blockFor(validFrom, row);
        LogBlock block = span.blocks.get(place);
        block.remove(validFrom, row);
        span.entries--;
        change(index, span, block, before, row);
        if (after >= 0) {
            replace(afterFrom, after, row, before);
        }
        if (block.size() == 0) {
            span.blocks.remove(place);
            if (span.blocks.isEmpty()) {
                spans.remove(index);
                if (--span.group.spans == 0) {
                    groups.remove(span.group);
                }
                firstStale = Math.min(firstStale, index);
            }
        }
    }

    /** The entry of {@code row} now takes over from another version. */
    private void replace(long validFrom, int row, int oldBefore, int newBefore) {
        int index = spanIndex(validFrom, row);
        LogSpan span = spans.get(index);
        LogBlock block = span.blocks.get(span.blockFor(validFrom, row));
        block.replaceBefore(validFrom, row, newBefore);
        change(index, span, block, oldBefore, newBefore);
    }

    private void change(int index, LogSpan span, LogBlock block, int gained, int lost) {
        span.sums.change(rows, gained, lost);
        span.pairs.change(rows, gained, lost);
        span.group.pairs.change(rows, gained, lost);
        block.sums.change(rows, gained, lost);
        firstStale = Math.min(firstStale, index + 1);
    }

    /** Brings up to date what each span knows of those before it; then readers may ask. */
    void publish() {
        for (int index = firstStale; index < spans.size(); index++) {
            spans.get(index).follow(index == 0 ? null : spans.get(index - 1));
        }
        firstStale = spans.size();
    }

    /** The last span that begins at or before a key; the first if all begin later. */
    int spanIndex(long validFrom, int row) {
        int low = 1;
        int high = spans.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spans.get(middle).beginsAtOrBefore(validFrom, row)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void split(int index, int place) {
        LogSpan span = spans.get(index);
        LogBlock block = span.blocks.get(place);
        LogBlock upper = block.upperHalf(rows.facets());
        for (int entry = 0; entry < upper.size(); entry++) {
            int row = upper.row(entry);
            upper.sums.change(rows, row, upper.before(entry));
        }
        block.sums.subtract(upper.sums);
        span.blocks.add(place + 1, upper);
        if (span.blocks.size() > SPAN_BLOCKS) {
            spans.add(index + 1, upperHalf(span));
            if (span.group.spans > LogGroup.SPANS) {
                splitGroup(index, span.group);
            }
        }
    }

    private LogGroup newGroup(int place) {
        LogGroup group = new LogGroup(rows.facets());
        groups.add(place, group);
        return group;
    }

    /**
     * @param within index of one of the group's spans
     */
    private void splitGroup(int within, LogGroup group) {
        int end = within + 1;
        while (end < spans.size() && spans.get(end).group == group) {
            end++;
        }
        LogGroup upper = newGroup(groups.indexOf(group) + 1);
        for (LogSpan span : spans.subList(end - group.spans / 2, end)) {
            span.group = upper;
            upper.spans++;
            upper.pairs.addAll(span.pairs);
        }
        group.spans -= upper.spans;
        group.pairs.subtract(upper.pairs);
    }

    private LogSpan upperHalf(LogSpan span) {
        List<LogBlock> moving = span.blocks.subList(SPAN_BLOCKS / 2, span.blocks.size());
        LogSpan upper = new LogSpan(rows.facets(), span.group, moving);
        moving.clear();
        for (LogBlock block : upper.blocks) {
            upper.sums.addAll(block.sums);
            for (int entry = 0; entry < block.size(); entry++) {
                int row = block.row(entry);
                int before = block.before(entry);
                upper.sums.changeWide(rows, row, before);
                upper.pairs.change(rows, row, before);
            }
        }
        span.sums.subtract(upper.sums);
        span.pairs.subtract(upper.pairs);
        span.entries -= upper.entries;
        return upper;
    }

    List<LogGroup> groups() {
        return groups;
    }

    List<LogSpan> spans() {
        return spans;
    }

    /** How many entries start at or before an instant. */
    long startsUpTo(long asOf) {
        if (spans.isEmpty()) {
            return 0;
        }
        LogSpan span = spans.get(spanIndex(asOf, Integer.MAX_VALUE));
        long entries = span.entriesBefore;
        int last = span.blockFor(asOf, Integer.MAX_VALUE);
        for (int i = 0; i < last; i++) {
            entries += span.blocks.get(i).size();
        }
        return entries + span.blocks.get(last).upTo(asOf, Integer.MAX_VALUE);
    }

    /** The first start after an instant; {@link Long#MAX_VALUE} if none. */
    long nextStart(long after) {
        for (int i = spans.isEmpty() ? 0 : spanIndex(after, Integer.MAX_VALUE);
                i < spans.size();
                i++) {
            LogSpan span = spans.get(i);
            for (int j = span.blockFor(after, Integer.MAX_VALUE); j < span.blocks.size(); j++) {
                LogBlock block = span.blocks.get(j);
                int entry = block.upTo(after, Integer.MAX_VALUE);
                if (entry < block.size()) {
                    return block.validFrom(entry);
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** Looks at one entry, and the row it takes over from; says whether to go on with the next. */
    @FunctionalInterface
    interface EntryVisitor {
        boolean visit(long validFrom, int row, int before);
    }

    /** The rows that start after one instant and at or before another, in order. */
    void forEach(long after, long upTo, IntConsumer action) {
        walk(
                after,
                (validFrom, row, _) -> {
                    boolean within = validFrom <= upTo;
                    if (within) {
                        action.accept(row);
                    }
                    return within;
                });
    }

    /** Visits the entries that start after an instant, in order, until the visitor has enough. */
    void walk(long after, EntryVisitor visitor) {
        for (int i = spans.isEmpty() ? 0 : spanIndex(after, Integer.MAX_VALUE);
                i < spans.size();
                i++) {
            LogSpan span = spans.get(i);
            for (int j = span.blockFor(after, Integer.MAX_VALUE); j < span.blocks.size(); j++) {
                LogBlock block = span.blocks.get(j);
                for (int entry = block.upTo(after, Integer.MAX_VALUE);
                        entry < block.size();
                        entry++) {
                    if (!visitor.visit(
                            block.validFrom(entry), block.row(entry), block.before(entry))) {
                        return;
                    }
                }
            }
        }
    }

    long heapBytes() {
        long bytes = 0;
        for (LogGroup group : groups) {
            bytes += 24 + group.pairs.heapBytes();
        }
        for (LogSpan span : spans) {
            bytes += 64 + span.sums.heapBytes() + span.pairs.heapBytes();
            bytes += span.before.heapBytes();
            for (LogBlock block : span.blocks) {
                bytes += block.heapBytes();
            }
        }
        return bytes;
    }
}
