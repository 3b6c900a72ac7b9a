package dev.cadastre.query.temporal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;

/**
 * Gives things dense numbers from 0 on. One thread interns; any thread may look up meanwhile,
 * without a lock: a thing is written before the table entry that leads to it, and tables are
 * replaced, never changed, when they grow.
 */
final class Interner<T> {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int SHIFT = 12;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;

    private final ToIntFunction<T> hash;
    private final BiPredicate<T, T> equal;
    private volatile int[] table = new int[16];
    private volatile Object[][] chunks = {new Object[8]};
    private volatile int size;

    Interner(ToIntFunction<T> hash, BiPredicate<T, T> equal) {
        this.hash = hash;
        this.equal = equal;
    }

    static Interner<String> ofTexts() {
        return new Interner<>(String::hashCode, String::equals);
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    T get(int number) {
        if (number < 0 || number >= size) {
            throw new IndexOutOfBoundsException("no thing has the number " + number);
        }
        return (T) chunks[number >>> SHIFT][number & MASK];
    }

    /** The number of a thing, or -1. */
    int find(T thing) {
        int[] slots = table;
        int mask = slots.length - 1;
        for (int slot = spread(thing) & mask; ; slot = (slot + 1) & mask) {
            int entry = (int) SLOT.getAcquire(slots, slot);
            if (entry == 0) {
                return -1;
            }
            if (equal.test(thing, at(entry - 1))) {
                return entry - 1;
            }
        }
    }

    /** The number of a thing, a new one if it had none. */
    int intern(T thing) {
        int found = find(thing);
        if (found >= 0) {
            return found;
        }
        int number = size;
        put(number, thing);
        if ((number + 1) * 2 > table.length) {
            table = doubled();
        }
        insert(table, thing, number);
        size = number + 1;
        return number;
    }

    @SuppressWarnings("unchecked")
    private T at(int number) {
        return (T) chunks[number >>> SHIFT][number & MASK];
    }

    private void put(int number, T thing) {
        int chunk = number >>> SHIFT;
        int place = number & MASK;
        Object[][] all = chunks;
        if (chunk == all.length) {
            all = Arrays.copyOf(all, chunk + 1);
            all[chunk] = new Object[CHUNK];
            chunks = all;
        } else if (place == all[chunk].length) {
            all = all.clone();
            all[chunk] = Arrays.copyOf(all[chunk], place * 2);
            chunks = all;
        }
        all[chunk][place] = thing;
    }

    private int[] doubled() {
        int[] larger = new int[table.length * 2];
        for (int number = 0; number < size; number++) {
            insert(larger, at(number), number);
        }
        return larger;
    }

    private void insert(int[] slots, T thing, int number) {
        int mask = slots.length - 1;
        int slot = spread(thing) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        SLOT.setRelease(slots, slot, number + 1);
    }

    private int spread(T thing) {
        int code = hash.applyAsInt(thing) * 0x9E3779B9;
        return code ^ (code >>> 15);
    }

    /** Bytes of the table and of the references, without the things. */
    long heapBytes() {
        return 4L * table.length + 4L * chunks.length * CHUNK;
    }
}
