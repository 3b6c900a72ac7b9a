package dev.cadastre.events.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the register a snapshot shows: what has, in each facet named, one of the values.
 * Equal scopes are equal records: facets and values are sorted, each value once.
 *
 * @param kind {@code asset} or {@code ci}; null for both
 * @param facets facet name to the values allowed; an empty text stands for an unknown value
 */
public record SnapshotScope(@Nullable String kind, Map<String, List<String>> facets) {

    /** Everything. */
    public static final SnapshotScope ALL = new SnapshotScope(null, Map.of());

    public SnapshotScope {
        TreeMap<String, List<String>> sorted = new TreeMap<>();
        if (facets != null) {
            facets.forEach(
                    (facet, values) ->
                            sorted.put(facet, values.stream().distinct().sorted().toList()));
        }
        facets = Collections.unmodifiableMap(sorted);
    }

    /** The values allowed by facet name, where a null among them stands for an unknown value. */
    public Map<String, Set<@Nullable String>> allowed() {
        Map<String, Set<@Nullable String>> allowed = new LinkedHashMap<>();
        facets.forEach(
                (facet, values) -> {
                    Set<@Nullable String> texts = new LinkedHashSet<>();
                    values.forEach(value -> texts.add(value.isEmpty() ? null : value));
                    allowed.put(facet, texts);
                });
        return allowed;
    }
}
