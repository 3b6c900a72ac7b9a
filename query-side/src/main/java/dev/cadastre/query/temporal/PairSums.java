package dev.cadastre.query.temporal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * By how much a run of log entries changes the number of present entities that have one value of
 * one facet and another of another, for each pair of facets. Values numbered beyond a bound are
 * left out.
 */
final class PairSums {

    /** Two facets with at most so many values each have sums. */
    static final int VALUES = 32;

    static final int CELLS = VALUES * VALUES;

    private static final int BITS = 5;
    private static final int NONE = -1;

    private final int facets;
    private final int[] @Nullable [] sums;

    PairSums(int facets) {
        this.facets = facets;
        this.sums = new int[facets * (facets - 1) / 2][];
    }

    /** The place of two values, the first of the facet with the lower number. */
    static int cell(int first, int second) {
        return first << BITS | second;
    }

    /** An entity gains the state of one row and loses that of another, as in {@link LogSums}. */
    void change(Rows rows, int gained, int lost) {
        boolean gains = gained >= 0 && rows.present(gained);
        boolean loses = lost >= 0 && rows.present(lost);
        if (!gains && !loses) {
            return;
        }
        int pair = 0;
        for (int first = 0; first < facets; first++) {
            int gainedFirst = gains ? bounded(rows.value(gained, first)) : NONE;
            int lostFirst = loses ? bounded(rows.value(lost, first)) : NONE;
            if (gainedFirst == NONE && lostFirst == NONE) {
                pair += facets - 1 - first;
                continue;
            }
            for (int second = first + 1; second < facets; second++, pair++) {
                int gainedSecond = gainedFirst < 0 ? NONE : bounded(rows.value(gained, second));
                int lostSecond = lostFirst < 0 ? NONE : bounded(rows.value(lost, second));
                int gain = gainedSecond < 0 ? NONE : cell(gainedFirst, gainedSecond);
                int loss = lostSecond < 0 ? NONE : cell(lostFirst, lostSecond);
                if (gain != loss) {
                    add(pair, gain, 1);
                    add(pair, loss, -1);
                }
            }
        }
    }

    private static int bounded(int value) {
        return value < VALUES ? value : NONE;
    }

    private void add(int pair, int cell, int count) {
        if (cell < 0) {
            return;
        }
        int[] sum = sums[pair];
        if (sum == null || cell >= sum.length) {
            // Room for all values of the second facet beside each of the first.
            int length = Math.min(CELLS, (cell | VALUES - 1) + 1 + VALUES);
            sum = sum == null ? new int[length] : Arrays.copyOf(sum, length);
            sums[pair] = sum;
        }
        sum[cell] += count;
    }

    /** Adds the sums of another run. */
    void addAll(PairSums other) {
        combine(other, 1);
    }

    /** Takes away the sums of another run that was part of this one. */
    void subtract(PairSums other) {
        combine(other, -1);
    }

    private void combine(PairSums other, int sign) {
        for (int pair = 0; pair < sums.length; pair++) {
            int[] counts = other.sums[pair];
            for (int cell = 0; counts != null && cell < counts.length; cell++) {
                if (counts[cell] != 0) {
                    add(pair, cell, sign * counts[cell]);
                }
            }
        }
    }

    /** Adds the sums of two facets, the first with the lower number, to counts by cell. */
    void addTo(int first, int second, int[] counts) {
        int[] sum = sums[first * (2 * facets - first - 1) / 2 + second - first - 1];
        if (sum != null) {
            for (int cell = 0; cell < sum.length; cell++) {
                counts[cell] += sum[cell];
            }
        }
    }

    long heapBytes() {
        long bytes = 24 + 16 + 4L * sums.length;
        for (int[] sum : sums) {
            bytes += sum == null ? 0 : 16 + 4L * sum.length;
        }
        return bytes;
    }
}
