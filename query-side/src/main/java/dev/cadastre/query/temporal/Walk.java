package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A walk along relations at coordinates, breadth first. */
final class Walk {

    private final KindIndex kind;
    private final Search search;
    private final boolean @Nullable [] followed;
    private final Cost cost;
    private final List<Impact.Node> nodes = new ArrayList<>();
    private final List<Impact.Edge> edges = new ArrayList<>();
    private final IntSet reached = new IntSet();

    Walk(KindIndex kind, Search search, @Nullable Set<Integer> types, Cost cost) {
        this.kind = kind;
        this.search = search;
        this.cost = cost;
        this.followed = types == null ? null : followed(types, kind.vocabulary.relationTypes());
    }

    private static boolean[] followed(Set<Integer> types, int known) {
        boolean[] followed = new boolean[known];
        for (int type : types) {
            if (type >= 0 && type < known) {
                followed[type] = true;
            }
        }
        return followed;
    }

    private boolean follows(int type) {
        return followed == null || followed[type];
    }

    Impact run(int start, Impact.Direction direction, int depth) {
        reached.add(start);
        nodes.add(new Impact.Node(start, 0, -1, Vocabulary.UNKNOWN));
        for (int i = 0; i < nodes.size() && nodes.get(i).distance() < depth; i++) {
            switch (direction) {
                case DEPENDENCIES -> outbound(i);
                case DEPENDENTS -> inbound(i);
            }
        }
        return new Impact(nodes, edges);
    }

    private void outbound(int from) {
        Impact.Node node = nodes.get(from);
        int row = search.rowAt(node.entity());
        if (row < 0) {
            return;
        }
        int[] pairs = kind.vocabulary.pairs(kind.rows.relations(row));
        cost.entries += pairs.length / 2;
        for (int i = 0; i < pairs.length; i += 2) {
            if (follows(pairs[i + 1])) {
                edges.add(new Impact.Edge(node.entity(), pairs[i + 1], pairs[i]));
                reach(pairs[i], from, node.distance(), pairs[i + 1]);
            }
        }
    }

    private void inbound(int from) {
        Impact.Node node = nodes.get(from);
        int known = edges.size();
        addInbound(node.entity());
        for (int i = known; i < edges.size(); i++) {
            Impact.Edge edge = edges.get(i);
            reach(edge.source(), from, node.distance(), edge.type());
        }
    }

    private void reach(int entity, int from, int distance, int type) {
        if (reached.add(entity)) {
            nodes.add(new Impact.Node(entity, distance + 1, from, type));
        }
    }

    private void addInbound(int target) {
        IntList sources = kind.postings.sources(target);
        for (int i = 0; sources != null && i < sources.size(); i++) {
            int source = sources.get(i);
            int row = search.rowAt(source);
            if (row < 0) {
                continue;
            }
            int[] pairs = kind.vocabulary.pairs(kind.rows.relations(row));
            int pair = Postings.first(pairs, target);
            for (; pair >= 0 && pair < pairs.length && pairs[pair] == target; pair += 2) {
                if (follows(pairs[pair + 1])) {
                    edges.add(new Impact.Edge(source, pairs[pair + 1], target));
                }
            }
        }
    }

    /** The relations to a target, by source, then type. */
    List<Impact.Edge> inboundOf(int target) {
        addInbound(target);
        Impact.Edge[] sorted = edges.toArray(Impact.Edge[]::new);
        Arrays.sort(
                sorted,
                (one, other) ->
                        one.source() != other.source()
                                ? Integer.compare(one.source(), other.source())
                                : Integer.compare(one.type(), other.type()));
        return List.of(sorted);
    }
}
