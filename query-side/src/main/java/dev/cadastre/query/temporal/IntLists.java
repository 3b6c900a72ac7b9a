package dev.cadastre.query.temporal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A list of ints per key, for keys dense from 0. */
final class IntLists {

    private static final int SHIFT = 10;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;

    private @Nullable IntList[][] chunks = {};

    void add(int key, int item) {
        int chunk = key >>> SHIFT;
        int known = chunks.length;
        if (chunk >= known) {
            chunks = Arrays.copyOf(chunks, chunk + 1);
            for (int i = known; i <= chunk; i++) {
                chunks[i] = new IntList[i == 0 ? 16 : CHUNK];
            }
        }
        if ((key & MASK) >= chunks[chunk].length) {
            chunks[chunk] =
                    Arrays.copyOf(
                            chunks[chunk], Math.min(CHUNK, Integer.highestOneBit(key & MASK) << 1));
        }
        IntList list = chunks[chunk][key & MASK];
        if (list == null) {
            list = new IntList();
            chunks[chunk][key & MASK] = list;
        }
        list.add(item);
    }

    /** The list of a key; null if empty. */
    @Nullable IntList get(int key) {
        int chunk = key >>> SHIFT;
        return chunk < chunks.length && (key & MASK) < chunks[chunk].length
                ? chunks[chunk][key & MASK]
                : null;
    }

    long heapBytes() {
        long bytes = 0;
        for (@Nullable IntList[] chunk : chunks) {
            bytes += 24 + 4L * chunk.length;
            for (IntList list : chunk) {
                bytes += list == null ? 0 : list.heapBytes();
            }
        }
        return bytes;
    }
}
