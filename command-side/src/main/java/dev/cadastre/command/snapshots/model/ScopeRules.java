package dev.cadastre.command.snapshots.model;

import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.RegisterFacets;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.http.problem.JsonProblems;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a scope may say. A scope that selects nothing is a scope all the same. */
public final class ScopeRules {

    private static final int MOST_VALUES = 1_000;

    private ScopeRules() {}

    /**
     * A scope as a caller wrote it.
     *
     * @throws Rejection.NotAllowed if a word of it is unknown
     */
    public static SnapshotScope checked(
            @Nullable String kind, Map<String, List<String>> facets, String pointer) {
        if (kind != null && !RegisterFacets.BY_KIND.containsKey(kind)) {
            throw new Rejection.NotAllowed(
                    pointer + "/kind", "A kind is asset or ci. Leave it out to mean both.");
        }
        List<String> known = facetsOf(kind);
        int values = 0;
        for (Map.Entry<String, List<String>> facet : facets.entrySet()) {
            String where = pointer + "/facets/" + JsonProblems.escaped(facet.getKey());
            if (!known.contains(facet.getKey())) {
                throw new Rejection.NotAllowed(
                        where,
                        "There is no such facet here. Known facets: "
                                + String.join(", ", known)
                                + ".");
            }
            if (facet.getValue().isEmpty()) {
                throw new Rejection.NotAllowed(
                        where,
                        "No value is allowed, so that nothing could be selected. Name at least"
                                + " one, or leave the facet out.");
            }
            values += facet.getValue().size();
        }
        if (values > MOST_VALUES) {
            throw new Rejection.NotAllowed(
                    pointer + "/facets", "A scope names at most " + MOST_VALUES + " values.");
        }
        return new SnapshotScope(kind, facets);
    }

    private static List<String> facetsOf(@Nullable String kind) {
        return kind != null
                ? RegisterFacets.BY_KIND.get(kind)
                : Stream.of(StreamId.ASSET, StreamId.CI)
                        .flatMap(each -> RegisterFacets.BY_KIND.get(each).stream())
                        .toList();
    }
}
