package dev.cadastre.query.temporal;

import java.util.List;

/**
 * What a walk along relations reached.
 *
 * @param nodes in order of distance, the start first
 * @param edges the relations met, as they are stored (source relates to target), each once: all
 *     those from (or to, walking to dependents) the nodes nearer than the depth asked for
 */
public record Impact(List<Node> nodes, List<Edge> edges) {

    /** Which way relations are followed. */
    public enum Direction {
        /** From target to source: what relates to the start. */
        DEPENDENTS,
        /** From source to target: what the start relates to. */
        DEPENDENCIES
    }

    /**
     * An entity reached on a shortest path.
     *
     * @param parent index in {@link Impact#nodes()} of the node it was reached from; -1 for the
     *     start
     * @param type relation type along which it was reached; {@link Vocabulary#UNKNOWN} for the
     *     start
     */
    public record Node(int entity, int distance, int parent, int type) {}

    public record Edge(int source, int type, int target) {}
}
