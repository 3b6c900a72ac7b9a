package dev.cadastre.query.shared.list;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One parameter for each facet; repeated, one of the values suffices. */
public final class FacetParameters {

    private FacetParameters() {}

    /**
     * The values asked for, by facet; facets not asked for are left out. An empty value means that
     * the facet is unknown, and reads as null.
     */
    public static Map<String, Set<@Nullable String>> of(
            Parameters parameters, Collection<String> facets) {
        Map<String, Set<@Nullable String>> wanted = new LinkedHashMap<>();
        for (String facet : facets) {
            List<String> values = parameters.all(facet);
            if (!values.isEmpty()) {
                Set<@Nullable String> allowed = new LinkedHashSet<>();
                values.forEach(value -> allowed.add(value.isEmpty() ? null : value));
                wanted.put(facet, allowed);
            }
        }
        return wanted;
    }
}
