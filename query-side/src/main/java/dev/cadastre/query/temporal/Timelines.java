package dev.cadastre.query.temporal;

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

    private final TimelineBlocks[] classes = new TimelineBlocks[56];
    private int used;

    int size(int entity) {
        int place = places.getOrZero(entity);
        if (place == 0) {
            return 0;
        }
        TimelineBlocks blocks = classes[(place >>> BLOCK_BITS) - 1];
        int block = place & BLOCK_MASK;
        return blocks.size(block);
    }

    /** Points a cursor at the entries of an entity; false if it has none. */
    boolean find(int entity, TimelineCursor cursor) {
        int place = places.getOrZero(entity);
        if (place == 0) {
            cursor.size = 0;
            return false;
        }
        classes[(place >>> BLOCK_BITS) - 1].point(place & BLOCK_MASK, cursor);
        return true;
    }

    /** Adds an entry in valid order, after those of the same start; returns its place. */
    int insert(int entity, long validFrom, int row, TimelineCursor cursor) {
        int place = places.getOrZero(entity);
        if (place == 0) {
            cursor.size = 0;
            move(entity, cursor, 0);
            find(entity, cursor);
        } else {
            find(entity, cursor);
            int current = (place >>> BLOCK_BITS) - 1;
            if (cursor.size == classes[current].capacity) {
                move(entity, cursor, current + 1);
                classes[current].remove(place & BLOCK_MASK, places, current);
                find(entity, cursor);
            }
        }
        return cursor.insert(validFrom, row);
    }

    /** Gives an entity that has no entries room for so many. */
    void reserve(int entity, int entries) {
        if (entries > 0) {
            int capacityClass = 0;
            while (capacity(capacityClass) < entries) {
                capacityClass++;
            }
            TimelineCursor nothing = new TimelineCursor();
            move(entity, nothing, capacityClass);
        }
    }

    private void move(int entity, TimelineCursor from, int capacityClass) {
        if (classes[capacityClass] == null) {
            classes[capacityClass] = new TimelineBlocks(capacity(capacityClass));
            used = Math.max(used, capacityClass + 1);
        }
        int block = classes[capacityClass].add(entity, from);
        places.set(entity, place(capacityClass, block));
    }

    static int place(int capacityClass, int block) {
        return (capacityClass + 1) << BLOCK_BITS | block;
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
        TimelineBlocks blocks = classes[(place >>> BLOCK_BITS) - 1];
        return blocks.rowAt(place & BLOCK_MASK, asOf, rowLimit, knownAt, cost);
    }

    /**
     * Gives the action the row that holds for each entity, {@link #NONE} for one that has none, in
     * batches and in no particular order.
     */
    void rowsAt(long asOf, int rowLimit, int knownAt, Cost cost, TimelineBlocks.RowBatch action) {
        for (int i = 0; i < used; i++) {
            TimelineBlocks blocks = classes[i];
            if (blocks != null) {
                blocks.rowsAt(asOf, rowLimit, knownAt, cost, action);
            }
        }
    }

    /** Runs through all entities that have entries, in no particular order. */
    void scan(TimelineCursor cursor, Runnable action) {
        for (int i = 0; i < used; i++) {
            TimelineBlocks blocks = classes[i];
            for (int block = 0; blocks != null && block < blocks.count; block++) {
                blocks.point(block, cursor);
                action.run();
            }
        }
    }

    long heapBytes() {
        long bytes = places.heapBytes();
        for (TimelineBlocks blocks : classes) {
            bytes += blocks == null ? 0 : blocks.heapBytes();
        }
        return bytes;
    }
}
