package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts rows by the values of up to three facets. */
final class Grouping {

    private static final int DENSE = 1 << 16;
    private static final int MOST_FACETS = 3;

    private final KindIndex kind;
    private final int[] facets;
    private final long[] weights;
    private final long combinations;
    private long[] keys;
    private long[] counts;
    private int used;

    Grouping(KindIndex kind, List<String> by) {
        if (by.size() > MOST_FACETS) {
            throw new IllegalArgumentException("at most three facets can be counted by: " + by);
        }
        this.kind = kind;
        facets = by.stream().mapToInt(kind.vocabulary.kind()::facet).toArray();
        weights = new long[facets.length];
        long product = 1;
        for (int i = facets.length - 1; i >= 0; i--) {
            weights[i] = product;
            product = Math.multiplyExact(product, (long) kind.values(facets[i]));
        }
        combinations = product;
        keys = new long[combinations > DENSE ? 1024 : 0];
        counts = new long[combinations > DENSE ? 1024 : (int) combinations];
    }

    int facets() {
        return facets.length;
    }

    int facet(int place) {
        return facets[place];
    }

    /** Counts for one value of one facet and another of another, as far as counted by. */
    void add(int first, int firstValue, int second, int secondValue, long count) {
        long key = 0;
        for (int i = 0; i < facets.length; i++) {
            key += weights[i] * (facets[i] == first ? firstValue : secondValue);
        }
        if (count != 0) {
            add(key, count);
        }
    }

    void add(int row) {
        long key = 0;
        for (int i = 0; i < facets.length; i++) {
            key += weights[i] * kind.rows.value(row, facets[i]);
        }
        add(key, 1);
    }

    private void add(long key, long count) {
        if (combinations <= DENSE) {
            counts[(int) key] += count;
            return;
        }
        int slot = slot(key);
        if (counts[slot] == 0 && count != 0 && ++used * 2 > keys.length) {
            grow();
            slot = slot(key);
        }
        keys[slot] = key;
        counts[slot] += count;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        counts = new long[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    /** The count where no facet is counted by. */
    long total() {
        return counts[0];
    }

    List<Count> result() {
        if (facets.length == 0) {
            return List.of(new Count(List.of(), counts[0]));
        }
        List<Counted> found = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                found.add(counted(combinations <= DENSE ? i : keys[i], counts[i]));
            }
        }
        found.sort(Comparator.comparing(Counted::ranks, Arrays::compare));
        return found.stream().map(Counted::count).toList();
    }

    private record Counted(int[] ranks, Count count) {}

    private Counted counted(long key, long count) {
        int[] ranks = new int[facets.length];
        @Nullable String[] texts = new String[facets.length];
        for (int i = 0; i < facets.length; i++) {
            int value = (int) (key / weights[i] % kind.values(facets[i]));
            ranks[i] = kind.valueOrder.ranks(facets[i])[value];
            texts[i] = kind.vocabulary.text(facets[i], value);
        }
        return new Counted(ranks, new Count(Arrays.asList(texts), count));
    }
}
