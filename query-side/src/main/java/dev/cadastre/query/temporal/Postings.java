package dev.cadastre.query.temporal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who ever had a facet value or a relation to a target, at any coordinates: candidates for a filter
 * or an inbound walk, to be judged at the coordinates asked for. Unknown values are not listed.
 */
final class Postings {

    private final Rows rows;
    private final KindVocabulary vocabulary;
    private final @Nullable EntitySet[][] holders;
    private final IntLists sources = new IntLists();

    Postings(Rows rows, KindVocabulary vocabulary) {
        this.rows = rows;
        this.vocabulary = vocabulary;
        holders = new @Nullable EntitySet[rows.facets()][16];
    }

    /** Lists a row's entity under what the row has and none of its other rows has. */
    void add(int row, TimelineCursor timeline) {
        for (int facet = 0; facet < holders.length; facet++) {
            int value = rows.value(row, facet);
            if (value != Vocabulary.NO_VALUE) {
                addHolder(row, facet, value, timeline);
            }
        }
        int relations = rows.relations(row);
        if (relations != Vocabulary.NO_RELATIONS) {
            addSources(row, vocabulary.pairs(relations), timeline);
        }
    }

    private void addHolder(int row, int facet, int value, TimelineCursor timeline) {
        @Nullable EntitySet[] sets = holders[facet];
        if (value >= sets.length) {
            sets = Arrays.copyOf(sets, Math.max(2 * sets.length, value + 1));
            holders[facet] = sets;
        }
        EntitySet set = sets[value];
        if (set == null) {
            set = new EntitySet();
            sets[value] = set;
        }
        int entity = rows.entity(row);
        if (set.isDense() ? !set.contains(entity) : isNew(row, facet, value, timeline)) {
            set.add(entity);
        }
    }

    private boolean isNew(int row, int facet, int value, TimelineCursor timeline) {
        for (int entry = timeline.size - 1; entry >= 0; entry--) {
            int other = timeline.row(entry);
            if (other != row && rows.value(other, facet) == value) {
                return false;
            }
        }
        return true;
    }

    private void addSources(int row, int[] pairs, TimelineCursor timeline) {
        int relations = rows.relations(row);
        for (int entry = timeline.size - 1; entry >= 0; entry--) {
            int other = timeline.row(entry);
            if (other != row && rows.relations(other) == relations) {
                return;
            }
        }
        int[] earlier = new int[timeline.size];
        int sets = 0;
        for (int entry = timeline.size - 1; entry >= 0; entry--) {
            int other = timeline.row(entry);
            if (other != row && (sets == 0 || earlier[sets - 1] != rows.relations(other))) {
                earlier[sets++] = rows.relations(other);
            }
        }
        for (int i = 0; i < pairs.length; i += 2) {
            int target = pairs[i];
            boolean repeated = i > 0 && pairs[i - 2] == target;
            if (!repeated
                    && Arrays.stream(earlier, 0, sets)
                            .noneMatch(set -> first(vocabulary.pairs(set), target) >= 0)) {
                sources.add(target, rows.entity(row));
            }
        }
    }

    /** Where the relations to a target begin in a set; negative if there are none. */
    static int first(int[] pairs, int target) {
        int low = 0;
        int high = pairs.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pairs[2 * middle] < target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low < pairs.length && pairs[2 * low] == target ? 2 * low : -1;
    }

    /** The entities that ever had a value; null for none. */
    @Nullable EntitySet holders(int facet, int value) {
        return value < holders[facet].length ? holders[facet][value] : null;
    }

    /** The entities that ever related to a target; null for none. */
    @Nullable IntList sources(int target) {
        return sources.get(target);
    }

    long heapBytes() {
        long bytes = sources.heapBytes();
        for (@Nullable EntitySet[] facet : holders) {
            bytes += 24 + 4L * facet.length;
            for (EntitySet set : facet) {
                bytes += set == null ? 0 : set.heapBytes();
            }
        }
        return bytes;
    }
}
