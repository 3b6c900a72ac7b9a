package dev.cadastre.query.diff.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the estate is compared. A thing belongs to it if it does at one of the two
 * coordinates, so that what came into the scope and what left it is told.
 *
 * @param kinds names of entity kinds, in the order in which they are told
 * @param facets facet name to the texts allowed; a null among them stands for an unknown value
 * @param text what an id, name or other text must contain, whatever the case of its letters; null
 *     for anything
 */
public record Scope(
        List<String> kinds, Map<String, Set<@Nullable String>> facets, @Nullable String text) {

    public Scope {
        kinds = List.copyOf(kinds);
        Map<String, Set<@Nullable String>> copy = new LinkedHashMap<>();
        facets.forEach((facet, texts) -> copy.put(facet, new LinkedHashSet<>(texts)));
        facets = copy;
        text = text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** All things of these kinds. */
    public static Scope of(String... kinds) {
        return new Scope(List.of(kinds), Map.of(), null);
    }
}
