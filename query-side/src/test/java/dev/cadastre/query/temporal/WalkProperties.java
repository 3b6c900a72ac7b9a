package dev.cadastre.query.temporal;

import static dev.cadastre.query.temporal.Questions.asking;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A walk along relations reaches what all relations, read one by one, reach. */
class WalkProperties {

    @Property(tries = 1500)
    void a_walk_reaches_what_relations_reach(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        asking(
                seed,
                commits,
                (history, view, random) -> {
                    Vocabulary vocabulary = view.vocabulary();
                    int start = vocabulary.entity(history.randomId(random));
                    if (start < 0) {
                        return;
                    }
                    Coordinates at = history.randomCoordinates(random);
                    Impact.Direction direction = Impact.Direction.values()[random.nextInt(2)];
                    int depth = random.nextInt(4);
                    Set<String> types =
                            random.nextBoolean() ? Set.of("type-0") : Set.of("type-0", "type-1");
                    Set<Integer> numbers =
                            types.stream()
                                    .map(vocabulary::relationType)
                                    .collect(Collectors.toSet());
                    Impact impact = view.impact(start, at, direction, depth, numbers);
                    List<NaiveModel.Edge> edges =
                            history.model.edges(at).stream()
                                    .filter(edge -> types.contains(edge.type()))
                                    .toList();
                    Map<String, Integer> distances =
                            distances(vocabulary.id(start), edges, direction, depth);
                    assertThat(
                                    impact.nodes().stream()
                                            .collect(
                                                    Collectors.toMap(
                                                            node -> vocabulary.id(node.entity()),
                                                            Impact.Node::distance)))
                            .isEqualTo(distances);
                    assertThat(named(vocabulary, impact.edges()))
                            .containsExactlyInAnyOrderElementsOf(
                                    edges.stream()
                                            .filter(
                                                    edge ->
                                                            distances.getOrDefault(
                                                                            nearEnd(
                                                                                    edge,
                                                                                    direction),
                                                                            depth)
                                                                    < depth)
                                            .toList());
                    assertPathsAreEdges(impact, direction);
                    assertThat(named(vocabulary, view.inbound(start, at)))
                            .containsExactlyInAnyOrderElementsOf(
                                    history.model.edges(at).stream()
                                            .filter(
                                                    edge ->
                                                            edge.target()
                                                                    .equals(vocabulary.id(start)))
                                            .toList());
                });
    }

    private static List<NaiveModel.Edge> named(Vocabulary vocabulary, List<Impact.Edge> edges) {
        return edges.stream()
                .map(
                        edge ->
                                new NaiveModel.Edge(
                                        vocabulary.id(edge.source()),
                                        vocabulary.relationType(edge.type()),
                                        vocabulary.id(edge.target())))
                .toList();
    }

    private static String nearEnd(NaiveModel.Edge edge, Impact.Direction direction) {
        return direction == Impact.Direction.DEPENDENCIES ? edge.source() : edge.target();
    }

    private static Map<String, Integer> distances(
            String start, List<NaiveModel.Edge> edges, Impact.Direction direction, int depth) {
        Map<String, Integer> distances = new LinkedHashMap<>();
        distances.put(start, 0);
        for (int distance = 1; distance <= depth; distance++) {
            for (NaiveModel.Edge edge : edges) {
                String near = nearEnd(edge, direction);
                String far = near.equals(edge.source()) ? edge.target() : edge.source();
                if (Objects.equals(distances.get(near), distance - 1)) {
                    distances.putIfAbsent(far, distance);
                }
            }
        }
        return distances;
    }

    private static void assertPathsAreEdges(Impact impact, Impact.Direction direction) {
        for (Impact.Node node : impact.nodes().subList(1, impact.nodes().size())) {
            Impact.Node parent = impact.nodes().get(node.parent());
            assertThat(parent.distance()).isEqualTo(node.distance() - 1);
            assertThat(impact.edges())
                    .contains(
                            direction == Impact.Direction.DEPENDENCIES
                                    ? new Impact.Edge(parent.entity(), node.type(), node.entity())
                                    : new Impact.Edge(node.entity(), node.type(), parent.entity()));
        }
    }
}
