package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The entities that have versions, in the order of their ids, in blocks: a new one moves at most a
 * block's entries, and two entities in different blocks compare without their texts.
 */
final class IdOrder {

    private static final int CAPACITY = 512;

    /** Passing so many ids by costs about what sorting one does. */
    private static final long PASSING = 64;

    private final Vocabulary vocabulary;
    private final List<Block> order = new ArrayList<>();

    /** Blocks by the number they were made with. */
    private final List<Block> made = new ArrayList<>();

    private final IntColumn blockOf = new IntColumn();
    private int size;

    private static final class Block {
        private final int[] entities = new int[CAPACITY];
        private final int number;
        private int size;
        private int place;

        Block(int number) {
            this.number = number;
        }
    }

    IdOrder(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        order.add(make());
    }

    private Block make() {
        Block block = new Block(made.size());
        made.add(block);
        return block;
    }

    int size() {
        return size;
    }

    void add(int entity) {
        String id = vocabulary.id(entity);
        Block block = order.get(blockFor(id));
        int at = placeFor(block, id);
        if (block.size == CAPACITY) {
            // Ids that arrive in order fill their blocks.
            Block upper = split(block, at == CAPACITY && block.place == order.size() - 1);
            if (at > block.size || upper.size == 0) {
                at -= block.size;
                block = upper;
            }
        }
        System.arraycopy(block.entities, at, block.entities, at + 1, block.size - at);
        block.entities[at] = entity;
        block.size++;
        size++;
        blockOf.set(entity, block.number);
    }

    /** Adds an entity whose id comes behind all others. */
    void addLast(int entity) {
        Block block = order.getLast();
        if (block.size > 0
                && vocabulary.id(block.entities[block.size - 1]).compareTo(vocabulary.id(entity))
                        >= 0) {
            throw new IllegalArgumentException("the ids are not in order");
        }
        if (block.size == CAPACITY) {
            block = split(block, true);
        }
        block.entities[block.size++] = entity;
        size++;
        blockOf.set(entity, block.number);
    }

    private int blockFor(String id) {
        int low = 1;
        int high = order.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (vocabulary.id(order.get(middle).entities[0]).compareTo(id) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** How many of a block's entities lie at or before an id. */
    private int placeFor(Block block, String id) {
        int low = 0;
        int high = block.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (vocabulary.id(block.entities[middle]).compareTo(id) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Block split(Block block, boolean atEnd) {
        Block upper = make();
        int kept = atEnd ? CAPACITY : CAPACITY / 2;
        upper.size = CAPACITY - kept;
        System.arraycopy(block.entities, kept, upper.entities, 0, upper.size);
        block.size = kept;
        for (int i = 0; i < upper.size; i++) {
            blockOf.set(upper.entities[i], upper.number);
        }
        order.add(block.place + 1, upper);
        for (int place = block.place + 1; place < order.size(); place++) {
            order.get(place).place = place;
        }
        return upper;
    }

    int compare(int one, int other) {
        if (one == other) {
            return 0;
        }
        int blockOfOne = blockOf.get(one);
        int blockOfOther = blockOf.get(other);
        return blockOfOne == blockOfOther
                ? vocabulary.id(one).compareTo(vocabulary.id(other))
                : Integer.compare(made.get(blockOfOne).place, made.get(blockOfOther).place);
    }

    /**
     * Runs through the entities in order until the action says no.
     *
     * @param after begin behind this entity; -1 for all
     */
    void walk(int after, boolean descending, IntPredicate action) {
        int place = descending ? order.size() - 1 : 0;
        int at = descending ? order.get(place).size - 1 : 0;
        if (after >= 0) {
            Block block = made.get(blockOf.get(after));
            place = block.place;
            int upTo = placeFor(block, vocabulary.id(after));
            at = descending ? upTo - 2 : upTo;
        }
        int step = descending ? -1 : 1;
        while (place >= 0 && place < order.size()) {
            Block block = order.get(place);
            for (; at >= 0 && at < block.size; at += step) {
                if (!action.test(block.entities[at])) {
                    return;
                }
            }
            place += step;
            at = descending && place >= 0 ? order.get(place).size - 1 : 0;
        }
    }

    /** Runs through some entities in order. */
    void walk(IntSet some, Cost cost, IntConsumer action) {
        if (PASSING * some.size() < size) {
            IntStream.of(some.toArray())
                    .boxed()
                    .sorted(this::compare)
                    .forEach(entity -> action.accept(entity));
            return;
        }
        cost.entries += size;
        walk(
                -1,
                false,
                entity -> {
                    if (some.contains(entity)) {
                        action.accept(entity);
                    }
                    return true;
                });
    }

    long heapBytes() {
        return blockOf.heapBytes() + made.size() * (4L * CAPACITY + 64);
    }
}
