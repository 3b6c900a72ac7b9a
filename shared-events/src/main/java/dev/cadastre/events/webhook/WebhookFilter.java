package dev.cadastre.events.webhook;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscription asks for. An event must satisfy every part that is not empty; within
 * a part one value suffices.
 *
 * @param types stored type names, or the beginning of some followed by {@code *}, for example
 *     {@code ci.*}
 * @param kinds kinds of streams, for example {@code asset}
 * @param streams streams, for example {@code ci:db-01}
 * @param facets values by facet (see {@link dev.cadastre.events.RegisterFacets}); an empty one
 *     stands for an unknown value. The asset or CI must have one of them before or after the event.
 *     An event of any other kind has no facets.
 */
public record WebhookFilter(
        List<String> types,
        List<String> kinds,
        List<String> streams,
        Map<String, List<String>> facets) {

    /** Every event. */
    public static final WebhookFilter ALL =
            new WebhookFilter(List.of(), List.of(), List.of(), Map.of());

    public WebhookFilter {
        types = copy(types);
        kinds = copy(kinds);
        streams = copy(streams);
        TreeMap<String, List<String>> sorted = new TreeMap<>();
        if (facets != null) {
            facets.forEach((facet, values) -> sorted.put(facet, List.copyOf(values)));
        }
        facets = Collections.unmodifiableMap(sorted);
    }

    private static List<String> copy(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
