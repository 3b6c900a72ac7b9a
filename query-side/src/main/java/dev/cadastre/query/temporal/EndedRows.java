package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The versions no longer believed, in two orders: as they ended, and by their start. With the rows
 * in order of recording and the change log in order of start, they name all that can differ between
 * any two coordinates. Some 20 bytes for each.
 */
final class EndedRows {

    private static final int BLOCK = 512;

    private final IntColumn rows = new IntColumn();
    private final AscendingColumn ends = new AscendingColumn();
    private int count;

    private final List<Block> byStart = new ArrayList<>();

    /** Those that an image told of, not yet in order. */
    private final List<Restored> restored = new ArrayList<>();

    private record Restored(int row, long validFrom, int end) {}

    private static final class Block {
        private long[] starts = new long[16];
        private int[] rows = new int[16];
        private int size;

        int upTo(long start) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (starts[middle] <= start) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        void insert(int at, long start, int row) {
            if (size == rows.length) {
                int length = Math.min(BLOCK, size + size / 2);
                starts = Arrays.copyOf(starts, length);
                rows = Arrays.copyOf(rows, length);
            }
            System.arraycopy(starts, at, starts, at + 1, size - at);
            System.arraycopy(rows, at, rows, at + 1, size - at);
            starts[at] = start;
            rows[at] = row;
            size++;
        }

        Block upperHalf() {
            Block upper = new Block();
            int at = size / 2;
            upper.starts = Arrays.copyOfRange(starts, at, at + BLOCK);
            upper.rows = Arrays.copyOfRange(rows, at, at + BLOCK);
            upper.size = size - at;
            size = at;
            return upper;
        }
    }

    /** Takes up a row that ends, which is not before any other ended. */
    void add(int row, long validFrom, int end) {
        rows.set(count, row);
        ends.set(count, end);
        count++;
        addStart(row, validFrom);
    }

    /** Takes up a row whose end an image tells of, in no order; {@link #order} follows. */
    void restore(int row, long validFrom, int end) {
        restored.add(new Restored(row, validFrom, end));
    }

    /** Brings what was restored into order. */
    void order() {
        restored.sort(Comparator.comparingInt(Restored::end).thenComparingInt(Restored::row));
        restored.forEach(each -> add(each.row(), each.validFrom(), each.end()));
        restored.clear();
    }

    private void addStart(int row, long validFrom) {
        if (byStart.isEmpty()) {
            byStart.add(new Block());
        }
        int place = blockFor(validFrom);
        Block block = byStart.get(place);
        int at = block.upTo(validFrom);
        if (block.size == BLOCK) {
            Block upper = block.upperHalf();
            byStart.add(place + 1, upper);
            if (at > block.size) {
                at -= block.size;
                block = upper;
            }
        }
        block.insert(at, validFrom, row);
    }

    /** The last block that begins at or before a start; the first if all begin later. */
    private int blockFor(long start) {
        int low = 1;
        int high = byStart.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byStart.get(middle).starts[0] <= start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** How many ended after one position and at or before another. */
    int endedWithin(int after, int upTo) {
        return ends.rowsUpTo(count, upTo) - ends.rowsUpTo(count, after);
    }

    /** The rows that ended after one position and at or before another. */
    void forEachEnded(int after, int upTo, IntConsumer action) {
        int last = ends.rowsUpTo(count, upTo);
        for (int i = ends.rowsUpTo(count, after); i < last; i++) {
            action.accept(rows.get(i));
        }
    }

    /** The rows that start after one instant and at or before another. */
    void forEachStart(long after, long upTo, IntConsumer action) {
        for (int i = byStart.isEmpty() ? 0 : blockFor(after); i < byStart.size(); i++) {
            Block block = byStart.get(i);
            for (int entry = block.upTo(after); entry < block.size; entry++) {
                if (block.starts[entry] > upTo) {
                    return;
                }
                action.accept(block.rows[entry]);
            }
        }
    }

    long heapBytes() {
        long bytes = rows.heapBytes() + ends.heapBytes();
        for (Block block : byStart) {
            bytes += 72 + 12L * block.rows.length;
        }
        return bytes;
    }
}
