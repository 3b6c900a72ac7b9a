package dev.cadastre.query.temporal;

/** The entries of one entity within its block. Entries are counted from 0. */
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
        return row[base + entry];
    }

    int recordedTo(int entry) {
        return recordedTo[base + entry];
    }

    void end(int entry, int position) {
        recordedTo[base + entry] = position;
    }

    boolean believed(int entry, int rowLimit, int knownAt) {
        return row[base + entry] < rowLimit && recordedTo[base + entry] > knownAt;
    }

    /** The last entry that starts at or before an instant; -1 if none. */
    int lastAt(long asOf) {
        return TimelineBlocks.lastAt(validFrom, base, size, asOf) - base;
    }

    /** The entry of a row; -1 if it is not of this entity. */
    int entryOf(int wanted) {
        for (int i = base + size - 1; i >= base; i--) {
            if (row[i] == wanted) {
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
            if (recordedTo[i] == Version.STILL_BELIEVED) {
                return row[i];
            }
        }
        return Timelines.NONE;
    }

    /** The nearest entry after this one that is believed now; -1 if none. */
    int entryBelievedAfter(int entry) {
        for (int i = entry + 1; i < size; i++) {
            if (recordedTo[base + i] == Version.STILL_BELIEVED) {
                return i;
            }
        }
        return -1;
    }

    void insert(long start, int newRow) {
        int at = lastAt(start) + 1 + base;
        int after = base + size - at;
        System.arraycopy(validFrom, at, validFrom, at + 1, after);
        System.arraycopy(row, at, row, at + 1, after);
        System.arraycopy(recordedTo, at, recordedTo, at + 1, after);
        validFrom[at] = start;
        row[at] = newRow;
        recordedTo[at] = Version.STILL_BELIEVED;
        size = ++sizes[slot];
    }
}
