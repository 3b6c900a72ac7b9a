package dev.cadastre.query.changes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import dev.cadastre.events.Retraction;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.changes.model.ChangeEffect.Change;
import dev.cadastre.query.changes.model.ChangeEffect.KnownState;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * The states before and after each change set are those of the naive register, and its patches,
 * applied by a library that nobody here wrote, lead from the one to the other.
 */
class ChangeEffectsProperties {

    private static final ObjectMapper OTHER_JACKSON = new ObjectMapper();

    private record Instant(String stream, long asOf) {}

    @Property(tries = 30)
    void the_states_are_those_known_just_before_and_just_after(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("origins") List<OriginChoice> origins)
            throws JsonProcessingException {
        try (HistoryInstance instance = OriginChoice.record(history, origins)) {
            for (List<StoredEvent> changeSet : ChangesProperties.changeSets(instance.log())) {
                ChangeEffects effects =
                        OriginChoice.changes(instance, 1_000, 1_000).effects(changeSet);
                Map<Instant, List<Long>> wanted = wanted(instance, changeSet);
                Map<Instant, List<Long>> told = new LinkedHashMap<>();
                for (ChangeEffect effect : effects.all().toList()) {
                    StreamId stream = new StreamId(effect.kind(), effect.id());
                    told.put(
                            new Instant(stream.toString(), effect.asOf()),
                            effect.events().stream().map(StoredEvent::position).toList());
                    long before = changeSet.getFirst().position() - 1;
                    long after = changeSet.getLast().position();
                    check(
                            effect,
                            naive(instance, stream, effect.asOf(), before),
                            naive(instance, stream, effect.asOf(), after));
                }
                assertThat(told).isEqualTo(wanted);
                assertThat(List.copyOf(told.keySet())).isEqualTo(List.copyOf(wanted.keySet()));
                assertThat(effects.count()).isEqualTo(told.size());
            }
        }
    }

    private static void check(
            ChangeEffect effect, @Nullable JsonNode before, @Nullable JsonNode after)
            throws JsonProcessingException {
        assertThat(json(effect.before())).isEqualTo(before);
        assertThat(json(effect.after())).isEqualTo(after);
        assertThat(effect.change())
                .isEqualTo(
                        before == null
                                ? after == null ? Change.UNCHANGED : Change.ADDED
                                : after == null
                                        ? Change.REMOVED
                                        : after.equals(before) ? Change.UNCHANGED : Change.CHANGED);
        JsonNode patch = OTHER_JACKSON.readTree(patch(effect).toString());
        JsonNode document = before == null ? OTHER_JACKSON.nullNode() : before;
        JsonNode result = JsonPatch.apply(patch, document);
        assertThat(result).isEqualTo(after == null ? OTHER_JACKSON.nullNode() : after);
        if (patch.findValuesAsText("op").contains("test")) {
            assertThatThrownBy(() -> JsonPatch.apply(patch, result))
                    .isInstanceOf(JsonPatchApplicationException.class);
        }
    }

    private static tools.jackson.databind.JsonNode patch(ChangeEffect effect) {
        return dev.cadastre.query.shared.difference.JsonPatch.between(
                effect.before() == null
                        ? null
                        : HttpJson.mapper().readTree(effect.before().content()),
                effect.after() == null
                        ? null
                        : HttpJson.mapper().readTree(effect.after().content()));
    }

    /** The instants by definition, in the order of their first events. */
    private static Map<Instant, List<Long>> wanted(
            HistoryInstance instance, List<StoredEvent> changeSet) {
        Map<Instant, List<Long>> wanted = new LinkedHashMap<>();
        for (StoredEvent event : changeSet) {
            String stream = event.envelope().stream();
            wanted.merge(
                    new Instant(stream, instant(instance, event)),
                    List.of(event.position()),
                    (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
        }
        return wanted;
    }

    /** A retraction is about the fact it takes back, unless that is gone or is a retraction. */
    private static long instant(HistoryInstance instance, StoredEvent event) {
        List<StoredEvent> stream = instance.log().stream(event.envelope().stream(), 0);
        int own = (int) event.envelope().sequenceNumber();
        long named = retracted(event);
        boolean takesBack =
                named >= 0
                        && named < own
                        && retracted(stream.get((int) named)) < 0
                        && stream.subList(0, own).stream()
                                .noneMatch(
                                        other ->
                                                retracted(other) == named
                                                        && named
                                                                < other.envelope()
                                                                        .sequenceNumber());
        return (takesBack ? stream.get((int) named) : event).envelope().effectiveAt();
    }

    /** The sequence number that a retraction names; -1 for other events. */
    private static long retracted(StoredEvent event) {
        return EventJson.read(event.envelope().type(), event.envelope().revision(), event.payload())
                        instanceof Retraction retraction
                ? retraction.retracted()
                : -1;
    }

    private static @Nullable JsonNode naive(
            HistoryInstance instance, StreamId stream, long asOf, long position)
            throws JsonProcessingException {
        tools.jackson.databind.JsonNode state = instance.naive().state(stream, asOf, position);
        return state == null ? null : OTHER_JACKSON.readTree(state.toString());
    }

    private static @Nullable JsonNode json(@Nullable KnownState state)
            throws JsonProcessingException {
        return state == null
                ? null
                : OTHER_JACKSON.readTree(HttpJson.mapper().readTree(state.content()).toString());
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }

    @Provide
    Arbitrary<List<OriginChoice>> origins() {
        return OriginChoice.any().list().ofSize(5);
    }
}
