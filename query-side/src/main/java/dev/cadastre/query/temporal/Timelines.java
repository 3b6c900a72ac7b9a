package dev.cadastre.query.temporal;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The versions of every entity in valid order (start, then order of creation): their starts, their
 * rows, and the position from which they were no longer believed.
 *
 * <p>The entries of one entity lie side by side in a block; blocks of one capacity lie side by side
 * in chunks, so that a look-up stays within a few cache lines and a scan reads memory in order. A
 * full block moves to the next capacity and the last block of its own capacity takes its place: no
 * holes are left, and nothing but blocks is ever copied.
 */
final class Timelines {

    static final int NONE = -1;

    private static final int BLOCK_BITS = 26;
    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;

    /** Capacity class (counted from 1) in the upper bits, block in the lower; 0 for none. */
    private final IntColumn places = new IntColumn();

    private final BlockClass[] classes = new BlockClass[56];
    private int used;

    int size(int entity) {
        int place = places.getOrZero(entity);
        if (place == 0) {
            return 0;
        }
        BlockClass blocks = classes[(place >>> BLOCK_BITS) - 1];
        int block = place & BLOCK_MASK;
        return blocks.chunks[block >>> blocks.shift].sizes[block & blocks.mask];
    }

    /** Points a cursor at the entries of an entity; false if it has none. */
    boolean find(int entity, Cursor cursor) {
        int place = places.getOrZero(entity);
        if (place == 0) {
            cursor.size = 0;
            return false;
        }
        classes[(place >>> BLOCK_BITS) - 1].point(place & BLOCK_MASK, cursor);
        return true;
    }

    /** Adds an entry in valid order, after those of the same start. */
    void insert(int entity, long validFrom, int row, Cursor cursor) {
        int place = places.getOrZero(entity);
        if (place == 0) {
            cursor.size = 0;
            move(entity, cursor, 0);
        } else {
            find(entity, cursor);
            int current = (place >>> BLOCK_BITS) - 1;
            if (cursor.size == classes[current].capacity) {
                move(entity, cursor, current + 1);
                classes[current].remove(place & BLOCK_MASK, places, current);
            }
        }
        find(entity, cursor);
        cursor.insert(validFrom, row);
    }

    private void move(int entity, Cursor from, int capacityClass) {
        if (classes[capacityClass] == null) {
            classes[capacityClass] = new BlockClass(capacity(capacityClass));
            used = Math.max(used, capacityClass + 1);
        }
        int block = classes[capacityClass].add(entity, from);
        places.set(entity, (capacityClass + 1) << BLOCK_BITS | block);
    }

    /**
     * 1, 2, 3, 4, 6, 8, 12, 16, 24 ...: a block is at least two thirds full after its first move.
     */
    private static int capacity(int capacityClass) {
        if (capacityClass == 0) {
            return 1;
        }
        int half = (capacityClass - 1) / 2;
        return (capacityClass & 1) == 1 ? 2 << half : 3 << half;
    }

    /** The row that holds for an entity at an instant among those believed; or {@link #NONE}. */
    int rowAt(int entity, long asOf, int rowLimit, int knownAt, Cost cost) {
        int place = places.getOrZero(entity);
        if (place == 0) {
            return NONE;
        }
        BlockClass blocks = classes[(place >>> BLOCK_BITS) - 1];
        return blocks.rowAt(place & BLOCK_MASK, asOf, rowLimit, knownAt, cost);
    }

    /** Gives the action the row that holds for each entity that has one, in no particular order. */
    void forEachRowAt(long asOf, int rowLimit, int knownAt, Cost cost, IntConsumer action) {
        for (int i = 0; i < used; i++) {
            BlockClass blocks = classes[i];
            for (int block = 0; blocks != null && block < blocks.count; block++) {
                int row = blocks.rowAt(block, asOf, rowLimit, knownAt, cost);
                if (row >= 0) {
                    action.accept(row);
                }
            }
        }
    }

    /**
     * The place of the last of {@code size} starts from {@code base} on that is at or before an
     * instant; one less than {@code base} if none is. Halves without branching on what it finds.
     */
    private static int lastAt(long[] starts, int base, int size, long asOf) {
        int at = base;
        int left = size;
        while (left > 1) {
            int half = left >>> 1;
            at = starts[at + half - 1] <= asOf ? at + half : at;
            left -= half;
        }
        return left == 1 && starts[at] <= asOf ? at : at - 1;
    }

    /** Runs through all entities that have entries, in no particular order. */
    void scan(Cursor cursor, Runnable action) {
        for (int i = 0; i < used; i++) {
            BlockClass blocks = classes[i];
            for (int block = 0; blocks != null && block < blocks.count; block++) {
                blocks.point(block, cursor);
                action.run();
            }
        }
    }

    long heapBytes() {
        long bytes = places.heapBytes();
        for (BlockClass blocks : classes) {
            bytes += blocks == null ? 0 : blocks.heapBytes();
        }
        return bytes;
    }

    /** The entries of one entity. Entries are counted from 0. */
    static final class Cursor {
        private long[] validFrom = {};
        private int[] row = {};
        private int[] recordedTo = {};
        private int[] sizes = {};
        private int slot;
        private int base;
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
            return Timelines.lastAt(validFrom, base, size, asOf) - base;
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

        /** The row of the nearest entry before this one that is believed now; or {@link #NONE}. */
        int believedBefore(int entry) {
            for (int i = base + entry - 1; i >= base; i--) {
                if (recordedTo[i] == Version.STILL_BELIEVED) {
                    return row[i];
                }
            }
            return NONE;
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

        private void insert(long start, int newRow) {
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

    /** All blocks of one capacity. */
    private static final class BlockClass {
        private final int capacity;
        private final int shift;
        private final int mask;
        private Chunk[] chunks = {};
        private int count;

        BlockClass(int capacity) {
            this.capacity = capacity;
            this.shift = Math.max(0, 12 - (32 - Integer.numberOfLeadingZeros(capacity - 1)));
            this.mask = (1 << shift) - 1;
        }

        void point(int block, Cursor cursor) {
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
            while (entry >= base && (rows[entry] >= rowLimit || ends[entry] <= knownAt)) {
                entry--;
            }
            cost.entries += 32 - Integer.numberOfLeadingZeros(size) + last - entry + 1;
            return entry < base ? NONE : rows[entry];
        }

        int add(int entity, Cursor from) {
            int block = count++;
            int index = block >>> shift;
            int slot = block & mask;
            if (index == chunks.length) {
                chunks = Arrays.copyOf(chunks, index + 1);
                // The first chunk of a class starts small: a young index is a small index.
                chunks[index] =
                        new Chunk(index == 0 ? Math.min(8, 1 << shift) : 1 << shift, capacity);
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
                places.set(source.owners[from], (capacityClass + 1) << BLOCK_BITS | block);
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
