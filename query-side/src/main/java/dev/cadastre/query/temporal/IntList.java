package dev.cadastre.query.temporal;

import java.util.Arrays;

/** A growing list of ints. */
final class IntList {

    private int[] items = new int[2];
    private int size;

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size + (size >>> 1) + 1);
        }
        items[size++] = item;
    }

    int get(int index) {
        return items[index];
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }

    long heapBytes() {
        return 24 + 16 + 4L * items.length;
    }
}
