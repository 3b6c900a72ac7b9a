package dev.cadastre.query.temporal;

import java.util.List;

/**
 * A kind of entity the index holds, and the facets by which its entities can be filtered, counted
 * and sorted. The order of the facets is the order of {@link VersionChange.Began#facets()}.
 */
public record EntityKind(String name, List<String> facets) {

    public EntityKind {
        facets = List.copyOf(facets);
        if (facets.stream().distinct().count() != facets.size()) {
            throw new IllegalArgumentException("a facet is named twice in " + facets);
        }
    }

    /** The place of a facet; refuses one that is not of this kind. */
    public int facet(String facet) {
        int place = facets.indexOf(facet);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "kind " + name + " has no facet " + facet + ", only " + facets);
        }
        return place;
    }
}
