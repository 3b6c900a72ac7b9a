package dev.cadastre.query.diff.model;

import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version has one of the values asked for in each facet.
 *
 * @param allowed facet number to value numbers; null if no version of the kind can pass
 */
record FacetTest(@Nullable Map<Integer, Set<Integer>> allowed) {

    static FacetTest of(Vocabulary vocabulary, Map<String, Set<@Nullable String>> facets) {
        Map<Integer, Set<Integer>> allowed = new HashMap<>();
        for (var facet : facets.entrySet()) {
            if (!vocabulary.kind().facets().contains(facet.getKey())) {
                return new FacetTest(null);
            }
            int number = vocabulary.kind().facet(facet.getKey());
            Set<Integer> values = new HashSet<>();
            facet.getValue().forEach(text -> values.add(vocabulary.value(number, text)));
            allowed.put(number, values);
        }
        return new FacetTest(allowed);
    }

    boolean passes(KindView things, @Nullable Version version) {
        if (version == null || allowed == null) {
            return false;
        }
        for (var facet : allowed.entrySet()) {
            if (!facet.getValue().contains(things.value(version.row(), facet.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
