package dev.cadastre.query.impact.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Impact.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;

/** A walk reaches what one reaches by following the relations of naive folds step by step. */
class ImpactWalkProperties {

    @Property(tries = 30)
    void a_walk_reaches_each_ci_at_its_distance_along_a_path_of_relations(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("instants") long asOf,
            @ForAll int known,
            @ForAll Direction direction,
            @ForAll @IntRange(min = 1, max = 4) int depth,
            @ForAll("types") List<String> types) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            Coordinates at = instance.at(asOf, known);
            Map<String, JsonNode> cis = instance.naive().states("ci", asOf, at.knownAt());
            List<RelationEdge> relations = relations(cis, types);
            ImpactWalk walk = new ImpactWalk(instance.projected().index(), instance.log());
            for (String start : instance.naive().ids("ci")) {
                if (!cis.containsKey(start)) {
                    assertThatThrownBy(() -> walk.from(start, at, direction, depth, types, 100))
                            .isInstanceOf(NoSuchElementException.class);
                    continue;
                }
                ImpactedCis impact = walk.from(start, at, direction, depth, types, 100);
                Map<String, Integer> distances = distances(start, relations, direction, depth);
                Map<String, Integer> told = new HashMap<>();
                impact.nodes().forEach(node -> told.put(node.id(), node.distance()));
                assertThat(told).isEqualTo(distances);
                assertThat(impact.nodes()).hasSize(distances.size());
                assertThat(impact.truncated()).isFalse();
                impact.nodes().forEach(node -> checkPath(node, start, relations, direction));
                assertThat(impact.edges())
                        .containsExactlyInAnyOrderElementsOf(
                                edges(relations, distances, direction, depth));
            }
        }
    }

    @Property(tries = 10)
    void a_bounded_answer_keeps_the_nearest_and_says_so(
            @ForAll("histories") List<List<Entry>> history, @ForAll("instants") long asOf) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            Coordinates at = instance.at(asOf, history.size());
            for (String start : instance.naive().states("ci", asOf, at.knownAt()).keySet()) {
                ImpactWalk walk = new ImpactWalk(instance.projected().index(), instance.log());
                ImpactedCis all = walk.from(start, at, Direction.DEPENDENCIES, 32, List.of(), 100);
                ImpactedCis one = walk.from(start, at, Direction.DEPENDENCIES, 32, List.of(), 1);
                assertThat(one.nodes()).isEqualTo(all.nodes().subList(0, 1));
                assertThat(one.total()).isEqualTo(all.total());
                assertThat(one.truncated()).isEqualTo(all.total() > 1);
                assertThat(one.edges())
                        .allMatch(edge -> edge.from().equals(start) && edge.to().equals(start));
            }
        }
    }

    private static List<RelationEdge> relations(Map<String, JsonNode> cis, List<String> types) {
        List<RelationEdge> relations = new ArrayList<>();
        cis.forEach(
                (id, body) -> {
                    for (JsonNode relation : body.get("relations")) {
                        String type = relation.get("type").stringValue();
                        if (types.isEmpty() || types.contains(type)) {
                            relations.add(
                                    new RelationEdge(id, type, relation.get("to").stringValue()));
                        }
                    }
                });
        return relations;
    }

    private static Map<String, Integer> distances(
            String start, List<RelationEdge> relations, Direction direction, int depth) {
        Map<String, Integer> distances = new HashMap<>(Map.of(start, 0));
        for (int distance = 1; distance <= depth; distance++) {
            Set<String> next = new HashSet<>();
            for (RelationEdge relation : relations) {
                if (distances.getOrDefault(near(relation, direction), -1) == distance - 1) {
                    next.add(far(relation, direction));
                }
            }
            for (String id : next) {
                distances.putIfAbsent(id, distance);
            }
        }
        return distances;
    }

    private static List<RelationEdge> edges(
            List<RelationEdge> relations,
            Map<String, Integer> distances,
            Direction direction,
            int depth) {
        return relations.stream()
                .filter(
                        relation ->
                                distances.getOrDefault(near(relation, direction), depth) < depth)
                .toList();
    }

    private static void checkPath(
            ReachedCi node, String start, List<RelationEdge> relations, Direction direction) {
        assertThat(node.path()).hasSize(node.distance() + 1).startsWith(start).endsWith(node.id());
        for (int i = 1; i < node.path().size(); i++) {
            String near = node.path().get(i - 1);
            String far = node.path().get(i);
            assertThat(relations)
                    .anyMatch(
                            relation ->
                                    near(relation, direction).equals(near)
                                            && far(relation, direction).equals(far));
        }
    }

    private static String near(RelationEdge relation, Direction direction) {
        return direction == Direction.DEPENDENCIES ? relation.from() : relation.to();
    }

    private static String far(RelationEdge relation, Direction direction) {
        return direction == Direction.DEPENDENCIES ? relation.to() : relation.from();
    }

    @Provide
    Arbitrary<List<String>> types() {
        return Arbitraries.of("partOf", "hostedOn", "never used")
                .list()
                .uniqueElements()
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }

    @Provide
    Arbitrary<Long> instants() {
        return RandomHistories.instants();
    }
}
