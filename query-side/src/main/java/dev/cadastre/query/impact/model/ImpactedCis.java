package dev.cadastre.query.impact.model;

import java.util.List;

/**
 * What a walk reached.
 *
 * @param nodes the start first, then in order of distance
 * @param edges relations between the nodes
 * @param total how many CIs lie within the depth, the start included
 * @param truncated whether nodes farthest away were left out, and the relations to them
 */
public record ImpactedCis(
        List<ReachedCi> nodes, List<RelationEdge> edges, int total, boolean truncated) {

    public ImpactedCis {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
