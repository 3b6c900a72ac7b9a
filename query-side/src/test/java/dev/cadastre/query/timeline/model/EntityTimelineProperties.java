package dev.cadastre.query.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.temporal.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A timeline has exactly the stream's events, and each tells what naive folds say it changed. */
class EntityTimelineProperties {

    @Property(tries = 25)
    void a_timeline_has_exactly_the_events_recorded_by_then(
            @ForAll("histories") List<List<Entry>> history) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            forEachThingAtEachEnd(
                    instance,
                    (stream, knownAt) -> {
                        List<Long> expected =
                                instance.log().stream(stream.toString(), 0).stream()
                                        .map(StoredEvent::position)
                                        .filter(position -> position <= knownAt)
                                        .toList();
                        assertThat(positions(instance, stream, Order.RECORDED, knownAt))
                                .isEqualTo(expected);
                        assertThat(positions(instance, stream, Order.EFFECTIVE, knownAt))
                                .containsExactlyInAnyOrderElementsOf(expected);
                    });
        }
    }

    @Property(tries = 25)
    void as_recorded_each_fact_tells_what_was_believed_before_and_after_it(
            @ForAll("histories") List<List<Entry>> history) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            forEachThing(
                    instance,
                    stream -> {
                        StreamFacts facts = facts(instance, stream);
                        for (TimelineEntry entry :
                                entries(instance, stream, Order.RECORDED, Integer.MAX_VALUE)) {
                            RecordedFact fact = entry.fact();
                            RecordedFact taken = facts.takenBackBy(fact);
                            long instant = (taken == null ? fact : taken).effectiveAt();
                            assertThat(entry.changes())
                                    .isEqualTo(
                                            difference(
                                                    instance,
                                                    stream,
                                                    instant,
                                                    fact.position() - 1,
                                                    instant,
                                                    fact.position()));
                        }
                    });
        }
    }

    @Property(tries = 25)
    void by_effective_time_a_fact_alone_at_its_instant_tells_what_it_made_true(
            @ForAll("histories") List<List<Entry>> history) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            forEachThingAtEachEnd(
                    instance,
                    (stream, knownAt) -> {
                        List<TimelineEntry> entries =
                                entries(instance, stream, Order.EFFECTIVE, knownAt);
                        for (TimelineEntry entry : entries) {
                            long instant = entry.fact().effectiveAt();
                            if (!entry.fact().countsAt(knownAt)) {
                                assertThat(entry.changes().isEmpty()).isTrue();
                            } else if (isAlone(entries, instant, knownAt)) {
                                assertThat(entry.changes())
                                        .isEqualTo(
                                                difference(
                                                        instance,
                                                        stream,
                                                        instant - 1,
                                                        knownAt,
                                                        instant,
                                                        knownAt));
                            }
                        }
                    });
        }
    }

    @Property(tries = 25)
    void each_version_of_the_index_was_created_by_the_fact_that_says_so(
            @ForAll("histories") List<List<Entry>> history) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            forEachThing(
                    instance,
                    stream -> {
                        List<String> told = new ArrayList<>();
                        entries(instance, stream, Order.RECORDED, Integer.MAX_VALUE)
                                .forEach(
                                        entry ->
                                                entry.versions()
                                                        .forEach(
                                                                version ->
                                                                        told.add(
                                                                                version
                                                                                        + " by "
                                                                                        + entry.fact()
                                                                                                .position())));
                        assertThat(told)
                                .isEqualTo(
                                        versions(instance, stream).stream()
                                                .map(v -> v.number() + " by " + v.recordedFrom())
                                                .toList());
                    });
        }
    }

    @Property(tries = 25)
    void what_came_to_point_at_a_thing_or_ceased_to_is_what_naive_states_of_the_others_say(
            @ForAll("histories") List<List<Entry>> history) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            forEachThing(
                    instance,
                    target -> {
                        List<String> told =
                                EntityHistory.of(instance.log(), target)
                                        .items(
                                                Order.RECORDED,
                                                Long.MAX_VALUE,
                                                Integer.MAX_VALUE,
                                                true)
                                        .stream()
                                        .filter(InboundChange.class::isInstance)
                                        .map(InboundChange.class::cast)
                                        .map(
                                                change ->
                                                        change.fact().position()
                                                                + " +"
                                                                + change.added()
                                                                + " -"
                                                                + change.removed())
                                        .toList();
                        assertThat(told).isEqualTo(inbound(instance, target));
                    });
        }
    }

    private static List<String> inbound(HistoryInstance instance, StreamId target) {
        SortedMap<Long, String> expected = new TreeMap<>();
        for (String id : instance.naive().ids(StreamId.CI)) {
            StreamId source = StreamId.ci(id);
            if (source.equals(target)) {
                continue;
            }
            StreamFacts facts = facts(instance, source);
            for (RecordedFact fact : facts.recorded()) {
                RecordedFact taken = facts.takenBackBy(fact);
                long instant = (taken == null ? fact : taken).effectiveAt();
                List<String> before =
                        pointers(
                                instance.naive().state(source, instant, fact.position() - 1),
                                target);
                List<String> after =
                        pointers(instance.naive().state(source, instant, fact.position()), target);
                if (!before.equals(after)) {
                    expected.put(
                            fact.position(),
                            fact.position()
                                    + " +"
                                    + after.stream().filter(t -> !before.contains(t)).toList()
                                    + " -"
                                    + before.stream().filter(t -> !after.contains(t)).toList());
                }
            }
        }
        return List.copyOf(expected.values());
    }

    private static List<String> pointers(@Nullable JsonNode state, StreamId target) {
        List<String> types = new ArrayList<>();
        if (state != null && target.kind().equals(StreamId.CI)) {
            for (JsonNode relation : state.path("relations")) {
                if (relation.get("to").asString().equals(target.id())) {
                    types.add(relation.get("type").asString());
                }
            }
        } else if (state != null && state.path("asset").asString("").equals(target.id())) {
            types.add("asset");
        }
        return types;
    }

    private static List<Version> versions(HistoryInstance instance, StreamId stream) {
        return instance.projected()
                .index()
                .read(
                        view -> {
                            var things = view.kind(stream.kind());
                            return things.allVersions(things.vocabulary().entity(stream.id()));
                        });
    }

    private static boolean isAlone(List<TimelineEntry> entries, long instant, int knownAt) {
        return entries.stream()
                        .filter(entry -> entry.fact().countsAt(knownAt))
                        .filter(entry -> entry.fact().effectiveAt() == instant)
                        .count()
                == 1;
    }

    private static BodyDifference difference(
            HistoryInstance instance,
            StreamId stream,
            long asOf,
            long position,
            long otherAsOf,
            long otherPosition) {
        return BodyDifference.between(
                instance.naive().state(stream, asOf, position),
                instance.naive().state(stream, otherAsOf, otherPosition));
    }

    private static List<Long> positions(
            HistoryInstance instance, StreamId stream, Order order, int knownAt) {
        return entries(instance, stream, order, knownAt).stream()
                .map(entry -> entry.fact().position())
                .toList();
    }

    private static List<TimelineEntry> entries(
            HistoryInstance instance, StreamId stream, Order order, int knownAt) {
        return new EntityTimeline(stream.id(), facts(instance, stream))
                .entries(order, Long.MAX_VALUE, knownAt);
    }

    private static StreamFacts facts(HistoryInstance instance, StreamId stream) {
        return StreamFacts.of(instance.log().stream(stream.toString(), 0));
    }

    private static void forEachThingAtEachEnd(
            HistoryInstance instance, BiConsumer<StreamId, Integer> check) {
        instance.ends().forEach(end -> forEachThing(instance, stream -> check.accept(stream, end)));
    }

    private static void forEachThing(HistoryInstance instance, Consumer<StreamId> check) {
        for (String kind : List.of(StreamId.ASSET, StreamId.CI)) {
            instance.naive().ids(kind).forEach(id -> check.accept(new StreamId(kind, id)));
        }
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }
}
