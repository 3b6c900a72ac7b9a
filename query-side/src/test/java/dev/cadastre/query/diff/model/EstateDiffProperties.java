package dev.cadastre.query.diff.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.KindView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A diff is what comes out when two naive folds are laid side by side. */
class EstateDiffProperties {

    private static final int PAIRS = 12;

    /** Coordinates within any history. */
    record End(long asOf, int known) {
        Coordinates in(HistoryInstance instance) {
            return instance.at(asOf, known);
        }
    }

    @Property(tries = 20)
    void a_diff_tells_what_differs_between_two_folds_and_nothing_else(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("ends") List<End> from,
            @ForAll("ends") List<End> to) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            for (int i = 0; i < PAIRS; i++) {
                check(
                        instance,
                        Scope.of("asset", "ci"),
                        _ -> true,
                        from.get(i).in(instance),
                        to.get(i).in(instance));
            }
        }
    }

    @Property(tries = 15)
    void a_filtered_diff_tells_of_what_is_within_at_one_end(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("ends") List<End> from,
            @ForAll("ends") List<End> to) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            for (int i = 0; i < PAIRS; i++) {
                check(
                        instance,
                        new Scope(List.of("ci"), Map.of("class", Set.of("server")), null),
                        body -> body.path("class").asString().equals("server"),
                        from.get(i).in(instance),
                        to.get(i).in(instance));
            }
        }
    }

    @Property(tries = 20)
    void the_events_that_the_index_names_tell_what_the_whole_stream_tells(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("ends") List<End> from,
            @ForAll("ends") List<End> to) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            for (int i = 0; i < PAIRS; i++) {
                Coordinates one = from.get(i).in(instance);
                Coordinates other = to.get(i).in(instance);
                for (String kind : List.of("asset", "ci")) {
                    instance.projected()
                            .index()
                            .read(view -> named(view.kind(kind), one, other))
                            .forEach(
                                    (id, positions) -> {
                                        String stream = new StreamId(kind, id).toString();
                                        assertThat(facts(instance.log(), positions, one, other))
                                                .isEqualTo(
                                                        facts(
                                                                instance.log().stream(stream, 0),
                                                                one,
                                                                other));
                                    });
                }
            }
        }
    }

    private static Map<String, int[]> named(KindView things, Coordinates from, Coordinates to) {
        Map<String, int[]> named = new TreeMap<>();
        for (int entity = 0; entity < things.vocabulary().entities(); entity++) {
            named.put(things.vocabulary().id(entity), things.events(entity, from, to));
        }
        return named;
    }

    private static List<String> facts(
            EventLog log, int[] positions, Coordinates from, Coordinates to) {
        return facts(
                Arrays.stream(positions)
                        .mapToObj(position -> log.event(position).orElseThrow())
                        .toList(),
                from,
                to);
    }

    private static List<String> facts(List<StoredEvent> events, Coordinates from, Coordinates to) {
        return FoldDifference.between(StreamFacts.read(events), from, to).stream()
                .map(
                        fact ->
                                fact.fact().position()
                                        + (fact.onlyTo() ? " only then" : " no longer")
                                        + (fact.isRetracted() ? ", taken back" : ""))
                .toList();
    }

    @Property(tries = 10)
    void a_facet_that_a_kind_lacks_leaves_its_things_out(
            @ForAll("histories") List<List<Entry>> history, @ForAll("instants") long to) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            assertThat(
                            diff(instance)
                                    .differences(
                                            new Scope(
                                                    List.of("asset", "ci"),
                                                    Map.of("class", Set.of("server", "service")),
                                                    null),
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
        EstateDiff.Part part = diff(instance).part(scope, from, to, 0, 1, 2);
        assertThat(part.atMost()).isGreaterThanOrEqualTo(expected.size());
        List<EntityDifference> parts = new ArrayList<>(part.items());
        while (part.next() != EstateDiff.END) {
            part = diff(instance).part(scope, from, to, part.next(), 0, 2);
            parts.addAll(part.items());
        }
        assertThat(parts.stream().map(EstateDiffProperties::text))
                .isEqualTo(expected.stream().skip(1).toList());
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
        StreamId stream = new StreamId(kind, id);
        List<Long> before = instance.naive().counting(stream, from.asOf(), from.knownAt());
        List<Long> after = instance.naive().counting(stream, to.asOf(), to.knownAt());
        List<String> facts = new ArrayList<>();
        long last = instance.naive().lastSequenceNumber(stream, Long.MAX_VALUE);
        for (long number = 0; number <= last; number++) {
            if (before.contains(number) != after.contains(number)) {
                facts.add((after.contains(number) ? "+" : "-") + number);
            }
        }
        return facts;
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
    Arbitrary<List<End>> ends() {
        return listsOfEnds(PAIRS);
    }

    static Arbitrary<List<End>> listsOfEnds(int size) {
        return Combinators.combine(
                        RandomHistories.instants(), Arbitraries.integers().between(0, 1_000))
                .as(End::new)
                .list()
                .ofSize(size);
    }

    @Provide
    Arbitrary<Long> instants() {
        return RandomHistories.instants();
    }
}
