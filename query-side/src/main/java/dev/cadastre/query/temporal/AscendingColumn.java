package dev.cadastre.query.temporal;

/**
 * A growing column of numbers that never fall: a base for each run of rows and, in two bytes as a
 * rule, how far each number lies above it.
 */
final class AscendingColumn {

    private static final int SHIFT = 12;
    private static final int MASK = (1 << SHIFT) - 1;

    private final IntColumn bases = new IntColumn();
    private final NarrowColumn above = new NarrowColumn();

    int get(int row) {
        return bases.get(row >>> SHIFT) + above.get(row);
    }

    /** Sets the row behind the last one set. */
    void set(int row, int number) {
        if ((row & MASK) == 0) {
            bases.set(row >>> SHIFT, number);
        }
        above.set(row, number - bases.get(row >>> SHIFT));
    }

    /** How many of the first {@code rows} rows are at most {@code bound}. */
    int rowsUpTo(int rows, int bound) {
        int low = 0;
        int high = rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle) <= bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long heapBytes() {
        return bases.heapBytes() + above.heapBytes();
    }
}
