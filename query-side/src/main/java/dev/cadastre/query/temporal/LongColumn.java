package dev.cadastre.query.temporal;

import java.util.Arrays;

/** A growing column of longs in chunks, so that growth copies no more than the first chunk. */
final class LongColumn {

    private static final int SHIFT = 13;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;

    private long[][] chunks = {new long[16]};

    long get(int row) {
        return chunks[row >>> SHIFT][row & MASK];
    }

    void set(int row, long value) {
        int chunk = row >>> SHIFT;
        int place = row & MASK;
        while (chunk >= chunks.length) {
            chunks[chunks.length - 1] = Arrays.copyOf(chunks[chunks.length - 1], CHUNK);
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            chunks[chunks.length - 1] = new long[CHUNK];
        }
        if (place >= chunks[chunk].length) {
            int length = Integer.highestOneBit(place) << 1;
            chunks[chunk] = Arrays.copyOf(chunks[chunk], Math.min(CHUNK, length));
        }
        chunks[chunk][place] = value;
    }

    /** How many of the first {@code rows} rows, which never fall, are at most {@code bound}. */
    int rowsUpTo(int rows, long bound) {
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
        for (long[] chunk : chunks) {
            bytes += 24 + 8L * chunk.length;
        }
        return bytes;
    }
}
