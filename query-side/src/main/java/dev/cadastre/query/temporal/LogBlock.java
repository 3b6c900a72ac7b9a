package dev.cadastre.query.temporal;

import java.util.Arrays;

/** Some entries of the change log, ordered by start, then row, and the sum over them. */
final class LogBlock {

    private static final int CAPACITY = 256;

    final LogSums sums;
    private long[] validFrom;
    private int[] row;

    /** The rows that these take over from, {@link Timelines#NONE} for none. */
    private int[] before;

    private int size;

    LogBlock(int facets) {
        this(facets, new long[16], new int[16], new int[16], 0);
    }

    private LogBlock(int facets, long[] validFrom, int[] row, int[] before, int size) {
        this.sums = new LogSums(facets, LogSums.BLOCK_VALUES);
        this.validFrom = validFrom;
        this.row = row;
        this.before = before;
        this.size = size;
    }

    int size() {
        return size;
    }

    boolean full() {
        return size >= CAPACITY;
    }

    boolean endsBefore(long start, int newRow) {
        return size > 0 && atOrBefore(size - 1, start, newRow);
    }

    boolean overfull() {
        return size > CAPACITY;
    }

    long validFrom(int entry) {
        return validFrom[entry];
    }

    int row(int entry) {
        return row[entry];
    }

    /** The row that an entry takes over from; {@link Timelines#NONE} for none. */
    int before(int entry) {
        return before[entry];
    }

    /** Lets an entry take over from another row. */
    void replaceBefore(long start, int ofRow, int newBefore) {
        before[entryOf(start, ofRow)] = newBefore;
    }

    private int entryOf(long start, int ofRow) {
        int entry = upTo(start, ofRow) - 1;
        if (entry < 0 || row[entry] != ofRow) {
            throw new IllegalStateException("row " + ofRow + " is not in the change log");
        }
        return entry;
    }

    boolean beginsAtOrBefore(long start, int newRow) {
        return size > 0 && atOrBefore(0, start, newRow);
    }

    private boolean atOrBefore(int entry, long start, int newRow) {
        return validFrom[entry] < start || (validFrom[entry] == start && row[entry] <= newRow);
    }

    /** How many entries lie at or before a key. */
    int upTo(long start, int newRow) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (atOrBefore(middle, start, newRow)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void makeRoom() {
        if (size == row.length) {
            validFrom = Arrays.copyOf(validFrom, Math.min(CAPACITY + 1, size + size / 4 + 1));
            row = Arrays.copyOf(row, validFrom.length);
            before = Arrays.copyOf(before, validFrom.length);
        }
    }

    /** Adds an entry behind the others. */
    void append(long start, int newRow, int rowBefore) {
        makeRoom();
        validFrom[size] = start;
        row[size] = newRow;
        before[size++] = rowBefore;
    }

    void insert(long start, int newRow, int rowBefore) {
        makeRoom();
        int at = upTo(start, newRow);
        System.arraycopy(validFrom, at, validFrom, at + 1, size - at);
        System.arraycopy(row, at, row, at + 1, size - at);
        System.arraycopy(before, at, before, at + 1, size - at);
        validFrom[at] = start;
        row[at] = newRow;
        before[at] = rowBefore;
        size++;
    }

    void remove(long start, int oldRow) {
        int at = entryOf(start, oldRow);
        System.arraycopy(validFrom, at + 1, validFrom, at, size - at - 1);
        System.arraycopy(row, at + 1, row, at, size - at - 1);
        System.arraycopy(before, at + 1, before, at, size - at - 1);
        size--;
    }

    /** Moves the upper half of the entries into a new block; the caller moves their sums. */
    LogBlock upperHalf(int facets) {
        int at = size / 2;
        LogBlock upper =
                new LogBlock(
                        facets,
                        Arrays.copyOfRange(validFrom, at, size + 16),
                        Arrays.copyOfRange(row, at, size + 16),
                        Arrays.copyOfRange(before, at, size + 16),
                        size - at);
        size = at;
        return upper;
    }

    long heapBytes() {
        return 32 + 48 + 16L * row.length + sums.heapBytes();
    }
}
