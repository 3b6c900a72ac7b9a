package dev.cadastre.query.temporal;

/**
 * The entries of one entity within its block, rows as {@link TimelineBlocks#rowOf} reads them. are
 * counted from 0.
 */
final class TimelineCursor {
    long[] validFrom = {};
    int[] row = {};
    int[] recordedTo = {};
    int[] sizes = {};
    int slot;
    int base;
    int entity;
    int size;

    long validFrom(int entry) {
        return validFrom[base + entry];
    }

    int row(int entry) {
        return TimelineBlocks.rowOf(row[base + entry]);
    }

    int recordedTo(int entry) {
        return recordedTo[base + entry];
    }

    void end(int entry, int position) {
        row[base + entry] = ~row(entry);
        recordedTo[base + entry] = position;
    }

    boolean believed(int entry, int rowLimit, int knownAt) {
        return TimelineBlocks.believed(
                row[base + entry], base + entry, recordedTo, rowLimit, knownAt);
    }

    /** The last entry that starts at or before an instant; -1 if none. */
    int lastAt(long asOf) {
        return TimelineBlocks.lastAt(validFrom, base, size, asOf) - base;
    }

    /** The entry that holds at an instant among those believed; -1 if none. */
    int entryAt(long asOf, int rowLimit, int knownAt, Cost cost) {
        int last = lastAt(asOf);
        int entry = last;
        while (entry >= 0 && !believed(entry, rowLimit, knownAt)) {
            entry--;
        }
        cost.entries += 33 - Integer.numberOfLeadingZeros(size) + last - entry;
        return entry;
    }

    /** The entry of a row; -1 if it is not of this entity. */
    int entryOf(int wanted) {
        for (int i = base + size - 1; i >= base; i--) {
            if (TimelineBlocks.rowOf(row[i]) == wanted) {
                return i - base;
            }
        }
        return -1;
    }

    /**
     * The row of the nearest entry before this one that is believed now; or {@link Timelines#NONE}.
     */
    int believedBefore(int entry) {
        for (int i = base + entry - 1; i >= base; i--) {
            if (row[i] >= 0) {
                return row[i];
            }
        }
        return Timelines.NONE;
    }

    /** The nearest entry after this one that is believed now; -1 if none. */
    int entryBelievedAfter(int entry) {
        for (int i = entry + 1; i < size; i++) {
            if (row[base + i] >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Adds an entry in valid order; returns its place. */
    int insert(long start, int newRow) {
        boolean last = size == 0 || validFrom[base + size - 1] <= start;
        int at = base + (last ? size : lastAt(start) + 1);
        int after = base + size - at;
        System.arraycopy(validFrom, at, validFrom, at + 1, after);
        System.arraycopy(row, at, row, at + 1, after);
        System.arraycopy(recordedTo, at, recordedTo, at + 1, after);
        validFrom[at] = start;
        row[at] = newRow;
        recordedTo[at] = Version.STILL_BELIEVED;
        size = ++sizes[slot];
        return at - base;
    }
}
