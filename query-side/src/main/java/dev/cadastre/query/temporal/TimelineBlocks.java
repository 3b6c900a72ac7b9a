package dev.cadastre.query.temporal;

import java.util.Arrays;

/** The blocks of one capacity, side by side in chunks without holes. */
final class TimelineBlocks {

    private static final int BATCH = 512;

    /** Takes some rows. */
    @FunctionalInterface
    interface RowBatch {
        void take(int[] rows, int count);
    }

    final int capacity;
    private final int shift;
    private final int mask;
    private Chunk[] chunks = {};
    int count;

    TimelineBlocks(int capacity) {
        this.capacity = capacity;
        this.shift = Math.max(0, 12 - (32 - Integer.numberOfLeadingZeros(capacity - 1)));
        this.mask = (1 << shift) - 1;
    }

    int size(int block) {
        return chunks[block >>> shift].sizes[block & mask];
    }

    void point(int block, TimelineCursor cursor) {
        Chunk chunk = chunks[block >>> shift];
        int slot = block & mask;
        cursor.validFrom = chunk.validFrom;
        cursor.row = chunk.row;
        cursor.recordedTo = chunk.recordedTo;
        cursor.sizes = chunk.sizes;
        cursor.slot = slot;
        cursor.base = slot * capacity;
        cursor.entity = chunk.owners[slot];
        cursor.size = chunk.sizes[slot];
    }

    int rowAt(int block, long asOf, int rowLimit, int knownAt, Cost cost) {
        Chunk chunk = chunks[block >>> shift];
        int slot = block & mask;
        int base = slot * capacity;
        int size = chunk.sizes[slot];
        int[] rows = chunk.row;
        int[] ends = chunk.recordedTo;
        int last = lastAt(chunk.validFrom, base, size, asOf);
        int entry = last;
        while (entry >= base && !believed(rows[entry], entry, ends, rowLimit, knownAt)) {
            entry--;
        }
        cost.entries += 32 - Integer.numberOfLeadingZeros(size) + last - entry + 1;
        return entry < base ? Timelines.NONE : rowOf(rows[entry]);
    }

    /** Gives the action the rows that hold, in batches, {@link Timelines#NONE} among them. */
    void rowsAt(long asOf, int rowLimit, int knownAt, Cost cost, RowBatch action) {
        int[] found = new int[Math.min(BATCH, count)];
        for (int first = 0; first < count; first += mask + 1) {
            Chunk chunk = chunks[first >>> shift];
            int blocks = Math.min(mask + 1, count - first);
            for (int from = 0; from < blocks; from += BATCH) {
                int batch = Math.min(BATCH, blocks - from);
                cost.entries += rowsAt(chunk, from, batch, asOf, rowLimit, knownAt, found);
                action.take(found, batch);
            }
        }
    }

    /** One loop over plain arrays, for a question about all entities is this loop. */
    private long rowsAt(
            Chunk chunk, int from, int blocks, long asOf, int rowLimit, int knownAt, int[] found) {
        long[] starts = chunk.validFrom;
        int[] rows = chunk.row;
        int[] ends = chunk.recordedTo;
        int[] sizes = chunk.sizes;
        long touched = 0;
        for (int i = 0; i < blocks; i++) {
            int base = (from + i) * capacity;
            int size = sizes[from + i];
            int last = lastAt(starts, base, size, asOf);
            int entry = last;
            while (entry >= base && !believed(rows[entry], entry, ends, rowLimit, knownAt)) {
                entry--;
            }
            found[i] = entry < base ? Timelines.NONE : rowOf(rows[entry]);
            touched += 33 - Integer.numberOfLeadingZeros(size) + last - entry;
        }
        return touched;
    }

    /** The row of an entry: the complement stands for one that is no longer believed. */
    static int rowOf(int kept) {
        return kept < 0 ? ~kept : kept;
    }

    /** Where an entry's end is looked up only if it has one, most ends are never read. */
    static boolean believed(int kept, int entry, int[] ends, int rowLimit, int knownAt) {
        return kept < 0 ? ~kept < rowLimit && ends[entry] > knownAt : kept < rowLimit;
    }

    int add(int entity, TimelineCursor from) {
        int block = count++;
        int index = block >>> shift;
        int slot = block & mask;
        if (index == chunks.length) {
            chunks = Arrays.copyOf(chunks, index + 1);
            // The first chunk of a class starts small: a young index is a small index.
            chunks[index] = new Chunk(index == 0 ? Math.min(8, 1 << shift) : 1 << shift, capacity);
        } else if (slot == chunks[index].owners.length) {
            chunks[index] = chunks[index].doubled(capacity);
        }
        Chunk chunk = chunks[index];
        chunk.owners[slot] = entity;
        chunk.sizes[slot] = from.size;
        copy(from.validFrom, from.row, from.recordedTo, from.base, chunk, slot, from.size);
        return block;
    }

    /** Takes a block out; the last one moves into its place. */
    void remove(int block, IntColumn places, int capacityClass) {
        int last = --count;
        Chunk source = chunks[last >>> shift];
        int from = last & mask;
        if (block != last) {
            Chunk target = chunks[block >>> shift];
            int slot = block & mask;
            target.owners[slot] = source.owners[from];
            target.sizes[slot] = source.sizes[from];
            copy(
                    source.validFrom,
                    source.row,
                    source.recordedTo,
                    from * capacity,
                    target,
                    slot,
                    source.sizes[from]);
            places.set(source.owners[from], Timelines.place(capacityClass, block));
        }
        // One empty chunk is kept, lest a class that swings about its edge allocates each time.
        int needed = ((last + mask) >>> shift) + 1;
        if (needed < chunks.length) {
            chunks = Arrays.copyOf(chunks, needed);
        }
    }

    private void copy(
            long[] validFrom, int[] row, int[] to, int base, Chunk target, int slot, int size) {
        int at = slot * capacity;
        System.arraycopy(validFrom, base, target.validFrom, at, size);
        System.arraycopy(row, base, target.row, at, size);
        System.arraycopy(to, base, target.recordedTo, at, size);
    }

    long heapBytes() {
        long bytes = 0;
        for (Chunk chunk : chunks) {
            bytes += 16L * chunk.row.length + 8L * chunk.owners.length + 5 * 16;
        }
        return bytes;
    }

    /**
     * The place of the last of {@code size} starts from {@code base} on that is at or before an
     * instant; one less than {@code base} if none is. Halves without branching on what it finds,
     * which nothing could foresee.
     */
    static int lastAt(long[] starts, int base, int size, long asOf) {
        int at = base;
        int left = size;
        while (left > 1) {
            int half = left >>> 1;
            at += half & ~less(asOf, starts[at + half - 1]);
            left -= half;
        }
        return left == 1 ? at + less(asOf, starts[at]) : at - 1;
    }

    /** -1 if one number is less than another, else 0; right where their difference overflows. */
    private static int less(long one, long other) {
        return (int) (((one & ~other) | (~(one ^ other) & (one - other))) >> 63);
    }

    private record Chunk(long[] validFrom, int[] row, int[] recordedTo, int[] owners, int[] sizes) {

        Chunk(int blocks, int capacity) {
            this(
                    new long[blocks * capacity],
                    new int[blocks * capacity],
                    new int[blocks * capacity],
                    new int[blocks],
                    new int[blocks]);
        }

        Chunk doubled(int capacity) {
            int blocks = owners.length * 2;
            return new Chunk(
                    Arrays.copyOf(validFrom, blocks * capacity),
                    Arrays.copyOf(row, blocks * capacity),
                    Arrays.copyOf(recordedTo, blocks * capacity),
                    Arrays.copyOf(owners, blocks),
                    Arrays.copyOf(sizes, blocks));
        }
    }
}
