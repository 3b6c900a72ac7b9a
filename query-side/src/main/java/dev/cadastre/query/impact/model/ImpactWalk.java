package dev.cadastre.query.impact.model;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Impact;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks from a CI along relations as they were at any coordinates. */
public final class ImpactWalk {

    /** The deepest walk. */
    public static final int DEEPEST = 32;

    private static final String CLASS = "class";

    private final TemporalIndex index;
    private final EventLog log;

    public ImpactWalk(TemporalIndex index, EventLog log) {
        this.index = index;
        this.log = log;
    }

    /** Whether any relation ever had this type, or the type was defined. */
    public boolean knowsType(String type) {
        return index.vocabulary(StreamId.CI).relationType(type) != Vocabulary.UNKNOWN
                || log.streamHead(StreamId.relationType(type).toString()).nextSequenceNumber() > 0;
    }

    /**
     * What is reached within a depth.
     *
     * @param types relation types to follow; empty for all. One that nobody ever used leads nowhere
     * @param limit how many nodes are answered at most
     * @throws NoSuchElementException if the CI is not there at the coordinates
     */
    public ImpactedCis from(
            String start,
            Coordinates at,
            Impact.Direction direction,
            int depth,
            Collection<String> types,
            int limit) {
        return index.read(
                view -> {
                    KindView cis = view.kind(StreamId.CI);
                    int entity = cis.vocabulary().entity(start);
                    Version version = entity == Vocabulary.UNKNOWN ? null : cis.version(entity, at);
                    if (version == null || !version.present()) {
                        throw new NoSuchElementException(start);
                    }
                    Impact impact =
                            cis.impact(
                                    entity, at, direction, depth, numbers(cis.vocabulary(), types));
                    return named(cis, at, impact, limit);
                });
    }

    private static @Nullable Set<Integer> numbers(Vocabulary words, Collection<String> types) {
        if (types.isEmpty()) {
            return null;
        }
        Set<Integer> numbers = new HashSet<>();
        types.forEach(type -> numbers.add(words.relationType(type)));
        return numbers;
    }

    private static ImpactedCis named(KindView cis, Coordinates at, Impact impact, int limit) {
        int total = impact.nodes().size();
        int shown = Math.min(total, limit);
        List<ReachedCi> nodes = new ArrayList<>(shown);
        Set<Integer> entities = new HashSet<>();
        for (Impact.Node node : impact.nodes().subList(0, shown)) {
            entities.add(node.entity());
            nodes.add(reached(cis, at, node, nodes));
        }
        Vocabulary words = cis.vocabulary();
        List<RelationEdge> edges =
                impact.edges().stream()
                        .filter(
                                edge ->
                                        entities.contains(edge.source())
                                                && entities.contains(edge.target()))
                        .map(
                                edge ->
                                        new RelationEdge(
                                                words.id(edge.source()),
                                                words.relationType(edge.type()),
                                                words.id(edge.target())))
                        .toList();
        return new ImpactedCis(nodes, edges, total, shown < total);
    }

    /** Nodes come after the one they were reached from, whose path is therefore known. */
    private static ReachedCi reached(
            KindView cis, Coordinates at, Impact.Node node, List<ReachedCi> before) {
        Vocabulary words = cis.vocabulary();
        String id = words.id(node.entity());
        List<String> path =
                new ArrayList<>(node.parent() < 0 ? List.of() : before.get(node.parent()).path());
        path.add(id);
        Version version = cis.version(node.entity(), at);
        int facet = words.kind().facet(CLASS);
        String ciClass =
                version == null ? null : words.text(facet, cis.value(version.row(), facet));
        return new ReachedCi(id, ciClass, node.distance(), path);
    }
}
