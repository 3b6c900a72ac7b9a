package dev.cadastre.query.temporal;

import java.util.Arrays;

/** A growing column of ints in chunks, so that growth copies no more than the first chunk. */
final class IntColumn {

    private static final int SHIFT = 13;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;

    private int[][] chunks = {new int[16]};

    int get(int row) {
        return chunks[row >>> SHIFT][row & MASK];
    }

    /** What was never set is 0. */
    int getOrZero(int row) {
        int chunk = row >>> SHIFT;
        return chunk < chunks.length && (row & MASK) < chunks[chunk].length
                ? chunks[chunk][row & MASK]
                : 0;
    }

    void set(int row, int value) {
        int chunk = row >>> SHIFT;
        int place = row & MASK;
        while (chunk >= chunks.length) {
            chunks[chunks.length - 1] = Arrays.copyOf(chunks[chunks.length - 1], CHUNK);
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            chunks[chunks.length - 1] = new int[CHUNK];
        }
        if (place >= chunks[chunk].length) {
            int length = Integer.highestOneBit(place) << 1;
            chunks[chunk] = Arrays.copyOf(chunks[chunk], Math.min(CHUNK, length));
        }
        chunks[chunk][place] = value;
    }

    /** How many of the first {@code rows} rows, which never fall, are at most {@code bound}. */
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
        long bytes = 0;
        for (int[] chunk : chunks) {
            bytes += 24 + 4L * chunk.length;
        }
        return bytes;
    }
}
