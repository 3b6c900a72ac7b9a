package dev.cadastre.query.temporal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * By how much a run of log entries changes the number of present entities, in all and per facet
 * value. Values numbered beyond a bound are left out: they are counted from the entries.
 */
final class LogSums {

    /** A facet with at most so many values has sums per block. */
    static final int BLOCK_VALUES = 64;

    /** A facet with at most so many values has sums per span. */
    static final int SPAN_VALUES = 4096;

    private static final int NONE = -1;

    private final int values;
    private final int[] @Nullable [] sums;
    private int present;

    LogSums(int facets, int values) {
        this.values = values;
        this.sums = new int[facets][];
    }

    /**
     * An entity gains the state of one row and loses that of another; a row that is not present, or
     * negative, is no state.
     */
    void change(Rows rows, int gained, int lost) {
        present += change(rows, gained, lost, 0);
    }

    /** The same for the values only that blocks have no sums of. */
    void changeWide(Rows rows, int gained, int lost) {
        change(rows, gained, lost, BLOCK_VALUES);
    }

    private int change(Rows rows, int gained, int lost, int least) {
        boolean gains = gained >= 0 && rows.present(gained);
        boolean loses = lost >= 0 && rows.present(lost);
        for (int facet = 0; facet < sums.length && (gains || loses); facet++) {
            int gainedValue = gains ? rows.value(gained, facet) : NONE;
            int lostValue = loses ? rows.value(lost, facet) : NONE;
            if (gainedValue != lostValue) {
                add(facet, gainedValue, 1, least);
                add(facet, lostValue, -1, least);
            }
        }
        return (gains ? 1 : 0) - (loses ? 1 : 0);
    }

    private void add(int facet, int value, int sign, int least) {
        if (value >= least && value < values) {
            int[] sum = sums[facet];
            if (sum == null || value >= sum.length) {
                sum = grown(sum, value);
                sums[facet] = sum;
            }
            sum[value] += sign;
        }
    }

    private int[] grown(int @Nullable [] sum, int value) {
        int length = Math.min(values, Math.max(4, value + 1 + value / 4));
        return sum == null ? new int[length] : Arrays.copyOf(sum, length);
    }

    void clear() {
        present = 0;
        Arrays.fill(sums, null);
    }

    /** Adds the sums of another run, as far as values are within the bound here. */
    void addAll(LogSums other) {
        combine(other, 1);
    }

    /** Takes away the sums of another run that was part of this one. */
    void subtract(LogSums other) {
        combine(other, -1);
    }

    private void combine(LogSums other, int sign) {
        present += sign * other.present;
        for (int facet = 0; facet < sums.length; facet++) {
            int[] more = other.sums[facet];
            for (int value = 0; more != null && value < Math.min(values, more.length); value++) {
                if (more[value] != 0) {
                    add(facet, value, sign * more[value], 0);
                }
            }
        }
    }

    int present() {
        return present;
    }

    void addTo(int facet, long[] counts) {
        int[] sum = sums[facet];
        if (sum != null) {
            int length = Math.min(sum.length, counts.length);
            for (int value = 0; value < length; value++) {
                counts[value] += sum[value];
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
