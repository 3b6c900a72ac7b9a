package dev.cadastre.query.temporal;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A growing set of entities: a list while it is sparse, then a bit for each entity, which takes
 * less and can be asked for one.
 */
final class EntitySet {

    private static final int LEAST_DENSE = 64;

    private @Nullable IntList list = new IntList();
    private long[] bits = {};
    private int size;

    int size() {
        return size;
    }

    /** Whether it can be asked for one entity. */
    boolean isDense() {
        return list == null;
    }

    /** Whether a dense set has an entity. */
    boolean contains(int entity) {
        int word = entity >>> 6;
        return word < bits.length && (bits[word] & (1L << entity)) != 0;
    }

    /** Adds an entity that it has not. */
    void add(int entity) {
        size++;
        if (list == null) {
            setBit(entity);
            return;
        }
        list.add(entity);
        if (size >= LEAST_DENSE && size > entity >>> 5) {
            for (int i = 0; i < size; i++) {
                setBit(list.get(i));
            }
            list = null;
        }
    }

    private void setBit(int entity) {
        int word = entity >>> 6;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, word + 1 + (word >>> 3));
        }
        bits[word] |= 1L << entity;
    }

    void forEach(IntConsumer action) {
        if (list != null) {
            for (int i = 0; i < size; i++) {
                action.accept(list.get(i));
            }
            return;
        }
        for (int word = 0; word < bits.length; word++) {
            for (long left = bits[word]; left != 0; left &= left - 1) {
                action.accept((word << 6) + Long.numberOfTrailingZeros(left));
            }
        }
    }

    long heapBytes() {
        return 24 + 16 + 8L * bits.length + (list == null ? 0 : list.heapBytes());
    }
}
