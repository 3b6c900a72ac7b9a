package dev.cadastre.query.diff.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.temporal.Coordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A diff is what comes out when two naive folds are laid side by side. */
class EstateDiffProperties {

    @Property(tries = 60)
    void a_diff_tells_what_differs_between_two_folds_and_nothing_else(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("instants") long from,
            @ForAll("instants") long to,
            @ForAll int fromKnown,
            @ForAll int toKnown) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            check(
                    instance,
                    Scope.of("asset", "ci"),
                    _ -> true,
                    instance.at(from, fromKnown),
                    instance.at(to, toKnown));
        }
    }

    @Property(tries = 40)
    void a_filtered_diff_tells_of_what_is_within_at_one_end(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("instants") long from,
            @ForAll("instants") long to,
            @ForAll int known) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            check(
                    instance,
                    new Scope(List.of("ci"), Map.of("class", Set.of("server"))),
                    body -> body.path("class").asString().equals("server"),
                    instance.at(from, known),
                    instance.at(to, known));
        }
    }

    @Property(tries = 30)
    void a_facet_that_a_kind_lacks_leaves_its_things_out(
            @ForAll("histories") List<List<Entry>> history, @ForAll("instants") long to) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            assertThat(
                            diff(instance)
                                    .differences(
                                            new Scope(
                                                    List.of("asset", "ci"),
                                                    Map.of("class", Set.of("server", "service"))),
                                            new Coordinates(to, -1),
                                            new Coordinates(to, Integer.MAX_VALUE - 1)))
                    .allMatch(difference -> difference.kind().equals("ci"));
        }
    }

    private static void check(
            HistoryInstance instance,
            Scope scope,
            Predicate<JsonNode> within,
            Coordinates from,
            Coordinates to) {
        List<String> expected = new ArrayList<>();
        for (String kind : scope.kinds()) {
            Map<String, JsonNode> before =
                    instance.naive().states(kind, from.asOf(), from.knownAt());
            Map<String, JsonNode> after = instance.naive().states(kind, to.asOf(), to.knownAt());
            Set<String> ids = new TreeSet<>(before.keySet());
            ids.addAll(after.keySet());
            for (String id : ids) {
                @Nullable JsonNode was = before.get(id);
                @Nullable JsonNode is = after.get(id);
                boolean inScope = was != null && within.test(was) || is != null && within.test(is);
                BodyDifference content = BodyDifference.between(was, is);
                if (inScope && (!content.isEmpty() || was == null || is == null)) {
                    expected.add(
                            kind + " " + id + " " + content + facts(instance, kind, id, from, to));
                }
            }
        }
        List<EntityDifference> told = diff(instance).differences(scope, from, to).toList();
        assertThat(told.stream().map(EstateDiffProperties::text)).isEqualTo(expected);
        EstateDiff.Part part = diff(instance).part(scope, from, to, 1, 2);
        assertThat(part.total()).isEqualTo(expected.size());
        assertThat(part.items().stream().map(EstateDiffProperties::text))
                .isEqualTo(expected.stream().skip(1).limit(2).toList());
        for (EntityDifference difference : told) {
            assertThat(
                            text(
                                    diff(instance)
                                            .difference(
                                                    difference.kind(), difference.id(), from, to)))
                    .isEqualTo(text(difference));
        }
    }

    private static String text(EntityDifference difference) {
        return difference.kind()
                + " "
                + difference.id()
                + " "
                + difference.content()
                + difference.facts().stream()
                        .map(fact -> (fact.onlyTo() ? "+" : "-") + fact.fact().sequenceNumber())
                        .toList();
    }

    /** The events in the one fold and not in the other, counted by their definition. */
    private static List<String> facts(
            HistoryInstance instance, String kind, String id, Coordinates from, Coordinates to) {
        List<StoredEvent> stream = instance.log().stream(kind + ":" + id, 0);
        Set<Long> before = numbers(stream, from);
        Set<Long> after = numbers(stream, to);
        List<String> facts = new ArrayList<>();
        for (long number = 0; number < stream.size(); number++) {
            if (before.contains(number) != after.contains(number)) {
                facts.add((after.contains(number) ? "+" : "-") + number);
            }
        }
        return facts;
    }

    private static Set<Long> numbers(List<StoredEvent> stream, Coordinates at) {
        Set<Long> numbers = new TreeSet<>();
        StreamFacts.of(stream)
                .fold(at.asOf(), at.knownAt())
                .forEach(fact -> numbers.add(fact.sequenceNumber()));
        return numbers;
    }

    private static EstateDiff diff(HistoryInstance instance) {
        return new EstateDiff(
                instance.projected().index(), instance.projected().bodies(), instance.log());
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
