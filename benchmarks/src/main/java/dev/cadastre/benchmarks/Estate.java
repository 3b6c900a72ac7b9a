package dev.cadastre.benchmarks;

import java.util.SplittableRandom;

/**
 * The estate of the measurements in heap and SQL alike: so many entities, ten versions each, every
 * tenth version corrected later, so that valid time and recorded time both matter. Columns of
 * versions in order of recording; relations form a tree of fan-out four.
 */
final class Estate {

    static final int CLASSES = 12;
    static final int STATES = 8;
    static final long NEVER = Long.MAX_VALUE;

    final int entities;
    final int versionsEach;
    final int size;
    final int[] entity;
    final long[] validFrom;
    final long[] validTo;
    final int[] recordedFrom;
    final int[] recordedTo;
    final int[] state;
    final int[] ciClass;

    Estate(int entities, int versionsEach, long seed) {
        this.entities = entities;
        this.versionsEach = versionsEach;
        int capacity = (int) ((long) entities * versionsEach * 11 / 10) + entities;
        entity = new int[capacity];
        validFrom = new long[capacity];
        validTo = new long[capacity];
        recordedFrom = new int[capacity];
        recordedTo = new int[capacity];
        state = new int[capacity];
        ciClass = new int[capacity];
        SplittableRandom random = new SplittableRandom(seed);
        int[] last = new int[entities];
        java.util.Arrays.fill(last, -1);
        int row = 0;
        for (int round = 0; round < versionsEach; round++) {
            for (int one = 0; one < entities; one++) {
                int index = row++;
                entity[index] = one;
                ciClass[index] = one % CLASSES;
                state[index] = random.nextInt(STATES);
                validFrom[index] = validFromOf(round, random);
                validTo[index] = NEVER;
                recordedFrom[index] = index;
                recordedTo[index] = Integer.MAX_VALUE;
                if (last[one] >= 0) {
                    validTo[last[one]] = validFrom[index];
                }
                last[one] = index;
            }
        }
        int base = row;
        for (int index = 0; index < base; index += 10) {
            int corrected = row++;
            entity[corrected] = entity[index];
            ciClass[corrected] = ciClass[index];
            state[corrected] = (state[index] + 1) % STATES;
            validFrom[corrected] = validFrom[index];
            validTo[corrected] = validTo[index];
            recordedFrom[corrected] = corrected;
            recordedTo[corrected] = Integer.MAX_VALUE;
            recordedTo[index] = corrected;
        }
        size = row;
    }

    private long validFromOf(int round, SplittableRandom random) {
        return (long) round * 1_000_000_000L + random.nextLong(1_000_000_000L);
    }

    /** An instant after which the given share of the history lies behind. */
    long instantAt(double share) {
        return (long) (versionsEach * 1_000_000_000L * share);
    }

    /** The parent in the tree of relations, or -1 for the root. */
    static int parent(int entity) {
        return entity == 0 ? -1 : (entity - 1) / 4;
    }
}
