package dev.cadastre.query.temporal;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which entities are meant: for each facet named, one of the values; the presence; and, if given,
 * an id that passes.
 *
 * @param facets facet name to the texts allowed; a null among them stands for an unknown value
 * @param id tests the id; null lets all pass
 */
public record Filter(
        Map<String, Set<@Nullable String>> facets,
        Presence presence,
        @Nullable Predicate<String> id) {

    /** All entities that are present. */
    public static final Filter ALL = new Filter(Map.of(), Presence.PRESENT, null);

    /** Whether the entity exists at the coordinates asked for. */
    public enum Presence {
        /** It exists. */
        PRESENT,
        /** It existed before and was removed. */
        REMOVED,
        /** Either. */
        ANY;

        boolean admits(boolean present) {
            return this == ANY || (this == PRESENT) == present;
        }
    }

    public Filter {
        Map<String, Set<@Nullable String>> copy = new HashMap<>();
        facets.forEach((facet, texts) -> copy.put(facet, new LinkedHashSet<>(texts)));
        facets = Map.copyOf(copy);
    }

    /** This filter and one of these values of a facet. */
    public Filter where(String facet, Set<@Nullable String> texts) {
        Map<String, Set<@Nullable String>> more = new HashMap<>(facets);
        more.put(facet, texts);
        return new Filter(more, presence, id);
    }

    public Filter where(String facet, String text) {
        return where(facet, Set.of(text));
    }

    public Filter with(Presence presence) {
        return new Filter(facets, presence, id);
    }

    public Filter withId(Predicate<String> id) {
        return new Filter(facets, presence, id);
    }
}
