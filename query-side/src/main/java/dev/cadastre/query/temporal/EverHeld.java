package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.List;

/** Which entities ever had, at whatever coordinates, the facets that a filter asks for. */
final class EverHeld {

    /** No facet has a list of all its holders. */
    static final int NO_FACET = -1;

    private final KindIndex kind;
    private final RowFilter filter;

    /** Per restricted facet the holders of the values allowed, where all of them are dense. */
    private final EntitySet[][] dense;

    EverHeld(KindIndex kind, RowFilter filter) {
        this.kind = kind;
        this.filter = filter;
        this.dense = dense(kind, filter);
    }

    /** Whether an entity ever had what is asked for, as far as that can be told quickly. */
    boolean mayMatch(int entity) {
        for (EntitySet[] allowed : dense) {
            boolean held = false;
            for (EntitySet set : allowed) {
                held |= set.contains(entity);
            }
            if (!held) {
                return false;
            }
        }
        return true;
    }

    /** At most so many entities match at any coordinates. */
    long atMost() {
        int place = narrowest();
        return place == NO_FACET ? kind.order.size() : holders(place);
    }

    /**
     * The place in the filter of the facet whose values have the fewest holders, or {@link
     * #NO_FACET}; of those without a value there is no list.
     */
    int narrowest() {
        int best = NO_FACET;
        for (int place = 0; place < filter.facets(); place++) {
            if (isListed(filter.values(place))
                    && (best == NO_FACET || holders(place) < holders(best))) {
                best = place;
            }
        }
        return best;
    }

    private long holders(int place) {
        long holders = 0;
        for (int value : filter.values(place)) {
            EntitySet entities = kind.postings.holders(filter.facet(place), value);
            holders += entities == null ? 0 : entities.size();
        }
        return holders;
    }

    private static boolean isListed(int[] values) {
        return values.length == 0 || values[0] != Vocabulary.NO_VALUE;
    }

    private static EntitySet[][] dense(KindIndex kind, RowFilter filter) {
        List<EntitySet[]> held = new ArrayList<>();
        for (int place = 0; place < filter.facets(); place++) {
            int facet = filter.facet(place);
            int[] values = filter.values(place);
            List<EntitySet> sets = new ArrayList<>();
            boolean known = isListed(values);
            for (int i = 0; known && i < values.length; i++) {
                EntitySet set = kind.postings.holders(facet, values[i]);
                if (set != null) {
                    known = set.isDense();
                    sets.add(set);
                }
            }
            if (known) {
                held.add(sets.toArray(EntitySet[]::new));
            }
        }
        return held.toArray(EntitySet[][]::new);
    }
}
