package dev.cadastre.query.temporal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * By how much a run of log entries changes the number of present entities, in all and per facet
 * value. Values numbered beyond a bound are left out: they are counted from the entries. A run has
 * at most 16,384 entries, so a short holds a sum.
 */
final class LogSums {

    /** A facet with at most so many values has sums per block. */
    static final int BLOCK_VALUES = 64;

    /** A facet with at most so many values has sums per span. */
    static final int SPAN_VALUES = 4096;

    private final int values;
    private final short[] @Nullable [] sums;
    private int present;

    LogSums(int facets, int values) {
        this.values = values;
        this.sums = new short[facets][];
    }

    /** Adds the values of a present row, or takes them away. */
    void add(Rows rows, int row, int sign) {
        present += sign;
        for (int facet = 0; facet < sums.length; facet++) {
            int value = rows.value(row, facet);
            if (value < values) {
                short[] sum = sums[facet];
                if (sum == null || value >= sum.length) {
                    sum = grown(sum, value);
                    sums[facet] = sum;
                }
                sum[value] += (short) sign;
            }
        }
    }

    private short[] grown(short @Nullable [] sum, int value) {
        int length = Math.min(values, Math.max(4, value + 1 + value / 4));
        return sum == null ? new short[length] : Arrays.copyOf(sum, length);
    }

    int present() {
        return present;
    }

    void addTo(int facet, long[] counts) {
        short[] sum = sums[facet];
        if (sum != null) {
            int length = Math.min(sum.length, counts.length);
            for (int value = 0; value < length; value++) {
                counts[value] += sum[value];
            }
        }
    }

    long heapBytes() {
        long bytes = 24 + 16 + 4L * sums.length;
        for (short[] sum : sums) {
            bytes += sum == null ? 0 : 16 + 2L * sum.length;
        }
        return bytes;
    }
}
