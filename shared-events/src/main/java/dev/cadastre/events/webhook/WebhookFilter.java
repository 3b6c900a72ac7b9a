package dev.cadastre.events.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscription asks for. An event must satisfy every part that is not empty; within
 * a part one value suffices.
 *
 * @param types stored type names, or the beginning of some followed by {@code *}, for example
 *     {@code ci.*}
 * @param kinds kinds of streams, for example {@code asset}
 * @param streams streams, for example {@code ci:db-01}
 * @param facets values by facet, one of {@link #FACETS}; the asset or CI must have one of them
 *     before or after the event. An event of any other kind has no facets.
 */
public record WebhookFilter(
        List<String> types,
        List<String> kinds,
        List<String> streams,
        Map<String, List<String>> facets) {

    /** Every event. */
    public static final WebhookFilter ALL =
            new WebhookFilter(List.of(), List.of(), List.of(), Map.of());

    /** The facets of assets and CIs by which lists are filtered too. */
    public static final Set<String> FACETS =
            Set.of(
                    "state",
                    "substate",
                    "type",
                    "manufacturer",
                    "model",
                    "location",
                    "custodian",
                    "costCentre",
                    "ci",
                    "class",
                    "stage",
                    "status",
                    "asset",
                    "environment");

    public WebhookFilter {
        types = copy(types);
        kinds = copy(kinds);
        streams = copy(streams);
        Map<String, List<String>> copies = new LinkedHashMap<>();
        if (facets != null) {
            facets.forEach((facet, values) -> copies.put(facet, List.copyOf(values)));
        }
        facets = Map.copyOf(copies);
    }

    private static List<String> copy(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
