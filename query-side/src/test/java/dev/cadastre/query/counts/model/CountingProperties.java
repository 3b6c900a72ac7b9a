package dev.cadastre.query.counts.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Counts are what one gets by counting the bodies of a naive fold. */
class CountingProperties {

    private static final Map<String, String> PLACES =
            Map.of(
                    "class", "/class",
                    "stage", "/lifecycle/stage",
                    "environment", "/attributes/environment",
                    "state", "/state",
                    "location", "/location",
                    "model", "/model");

    @Property(tries = 25)
    void counts_are_those_of_the_bodies(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("severalInstants") List<Long> instants,
            @ForAll("ciFacets") List<String> ciFacets,
            @ForAll("assetFacets") List<String> assetFacets) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            for (int i = 0; i < instants.size(); i++) {
                Coordinates at = instance.at(instants.get(i), 5 * i);
                assertThat(counted(instance, "ci", ciFacets, at))
                        .isEqualTo(expected(instance, "ci", ciFacets, at));
                assertThat(counted(instance, "asset", assetFacets, at))
                        .isEqualTo(expected(instance, "asset", assetFacets, at));
            }
        }
    }

    @Property(tries = 12)
    void each_point_of_a_series_is_the_count_at_its_instant(
            @ForAll("histories") List<List<Entry>> history, @ForAll int known) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            List<Long> points =
                    Step.parse("PT1S")
                            .points(
                                    RandomHistories.BEGIN - 1_000_000,
                                    RandomHistories.BEGIN
                                            + (RandomHistories.SECONDS + 1) * 1_000_000L,
                                    java.time.ZoneOffset.UTC);
            List<Tally> series =
                    counting(instance)
                            .series(
                                    "ci",
                                    Filter.ALL,
                                    List.of("class"),
                                    points,
                                    instance.end(known));
            assertThat(series).extracting(Tally::asOf).isEqualTo(points);
            for (Tally tally : series) {
                Coordinates at = instance.at(tally.asOf(), known);
                assertThat(tally)
                        .isEqualTo(
                                counting(instance).tally("ci", Filter.ALL, List.of("class"), at));
                assertThat(tally.total())
                        .isEqualTo(instance.naive().states("ci", at.asOf(), at.knownAt()).size());
            }
        }
    }

    @Property(tries = 12)
    void a_histogram_counts_each_instant_at_which_a_fact_of_a_thing_took_effect_once(
            @ForAll("histories") List<List<Entry>> history, @ForAll int known) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            Buckets buckets =
                    new Buckets(RandomHistories.BEGIN, RandomHistories.BEGIN + 12_999_999L, 5);
            long[] expected = new long[5];
            for (String kind : List.of("asset", "ci")) {
                for (String id : instance.naive().ids(kind)) {
                    for (long instant : instants(instance, kind, id, instance.end(known))) {
                        for (int i = 0; i < 5; i++) {
                            if (instant >= buckets.start(i) && instant <= buckets.end(i)) {
                                expected[i]++;
                            }
                        }
                    }
                }
            }
            assertThat(
                            counting(instance)
                                    .changes(
                                            List.of("asset", "ci"),
                                            Map.of(),
                                            buckets,
                                            instance.end(known)))
                    .isEqualTo(expected);
        }
    }

    @Property(tries = 12)
    void with_facets_a_histogram_counts_what_led_into_them_within_them_and_out_of_them(
            @ForAll("histories") List<List<Entry>> history, @ForAll int known) {
        Map<String, Set<@Nullable String>> facets = new HashMap<>();
        facets.put("class", Set.of("server"));
        facets.put("environment", new HashSet<>(Arrays.asList(null, "1")));
        try (HistoryInstance instance = new HistoryInstance(history)) {
            int end = instance.end(known);
            Buckets buckets =
                    new Buckets(RandomHistories.BEGIN, RandomHistories.BEGIN + 12_999_999L, 5);
            long[] expected = new long[5];
            for (String id : instance.naive().ids("ci")) {
                for (long instant : instants(instance, "ci", id, end)) {
                    JsonNode before = instance.naive().states("ci", instant - 1, end).get(id);
                    JsonNode after = instance.naive().states("ci", instant, end).get(id);
                    for (int i = 0; i < 5; i++) {
                        if (instant >= buckets.start(i)
                                && instant <= buckets.end(i)
                                && (hasFacets(before, facets) || hasFacets(after, facets))) {
                            expected[i]++;
                        }
                    }
                }
            }
            assertThat(counting(instance).changes(List.of("ci"), facets, buckets, end))
                    .isEqualTo(expected);
        }
    }

    private static boolean hasFacets(
            @Nullable JsonNode body, Map<String, Set<@Nullable String>> facets) {
        return body != null
                && facets.entrySet().stream()
                        .allMatch(
                                facet -> {
                                    JsonNode value = body.at(PLACES.get(facet.getKey()));
                                    return facet.getValue()
                                            .contains(
                                                    value.isString() ? value.stringValue() : null);
                                });
    }

    private static Set<Long> instants(
            HistoryInstance instance, String kind, String id, int knownAt) {
        List<StoredEvent> stream = instance.log().stream(kind + ":" + id, 0);
        StreamFacts facts = StreamFacts.of(stream);
        Set<Long> instants = new TreeSet<>();
        facts.knownAt(knownAt)
                .filter(fact -> !fact.isRetraction() || takesNothingBack(facts, fact))
                .forEach(fact -> instants.add(fact.effectiveAt()));
        return instants;
    }

    private static boolean takesNothingBack(StreamFacts facts, RecordedFact retraction) {
        RecordedFact taken = facts.takenBackBy(retraction);
        return taken == null || taken.isRetraction() || taken.retractedBy() != retraction.stored();
    }

    private static Map<List<@Nullable String>, Long> counted(
            HistoryInstance instance, String kind, List<String> by, Coordinates at) {
        Map<List<@Nullable String>, Long> counts = new HashMap<>();
        counting(instance)
                .tally(kind, Filter.ALL, by, at)
                .counts()
                .forEach(count -> counts.put(count.values(), count.count()));
        return counts;
    }

    private static Map<List<@Nullable String>, Long> expected(
            HistoryInstance instance, String kind, List<String> by, Coordinates at) {
        Map<List<@Nullable String>, Long> counts = new HashMap<>();
        if (by.isEmpty()) {
            counts.put(List.of(), 0L);
        }
        for (JsonNode body : instance.naive().states(kind, at.asOf(), at.knownAt()).values()) {
            List<@Nullable String> values = new ArrayList<>();
            for (String facet : by) {
                JsonNode value = body.at(PLACES.get(facet));
                values.add(value.isString() ? value.stringValue() : null);
            }
            counts.merge(values, 1L, Long::sum);
        }
        return counts;
    }

    private static Counting counting(HistoryInstance instance) {
        return new Counting(instance.projected().index());
    }

    @Provide
    Arbitrary<List<String>> ciFacets() {
        return Arbitraries.of("class", "stage", "environment").list().uniqueElements().ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<String>> assetFacets() {
        return Arbitraries.of("state", "location", "model").list().uniqueElements().ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }

    @Provide
    Arbitrary<List<Long>> severalInstants() {
        return RandomHistories.instants().list().ofSize(12);
    }
}
