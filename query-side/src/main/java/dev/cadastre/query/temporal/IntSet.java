package dev.cadastre.query.temporal;

import java.util.Arrays;

/** A set of ints from 0 on. */
final class IntSet {

    private int[] table = new int[64];
    private int size;

    /** Whether the item was not there before. */
    boolean add(int item) {
        int slot = slot(table, item);
        if (table[slot] != 0) {
            return false;
        }
        table[slot] = item + 1;
        if (++size * 2 > table.length) {
            grow();
        }
        return true;
    }

    boolean contains(int item) {
        return table[slot(table, item)] != 0;
    }

    int size() {
        return size;
    }

    private static int slot(int[] table, int item) {
        int mask = table.length - 1;
        int slot = (item * 0x9E3779B9 >>> 7) & mask;
        while (table[slot] != 0 && table[slot] != item + 1) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] old = table;
        table = new int[old.length * 4];
        for (int entry : old) {
            if (entry != 0) {
                table[slot(table, entry - 1)] = entry;
            }
        }
    }

    int[] toArray() {
        int[] items = new int[size];
        int next = 0;
        for (int entry : table) {
            if (entry != 0) {
                items[next++] = entry - 1;
            }
        }
        Arrays.sort(items);
        return items;
    }
}
