package dev.cadastre.query.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.webhooks.receivers.Receiver.Attempt;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which events are sent, and what a message says of them. */
class ContentTest extends DeliveryCase {

    private static final List<String> ANY = List.of();

    @BeforeEach
    void record() {
        Estate.record(deliverer.recorded());
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                filter(ANY, ANY, ANY, Map.of(), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
                filter(List.of("ci.changed"), ANY, ANY, Map.of(), 4, 6),
                filter(List.of("ci.*"), ANY, ANY, Map.of(), 0, 1, 2, 4, 6, 7, 9, 10),
                filter(List.of("webhook.*", "asset.assigned"), ANY, ANY, Map.of(), 8, 11),
                filter(ANY, List.of("asset"), ANY, Map.of(), 3, 5, 8),
                filter(ANY, List.of("asset", "webhook"), ANY, Map.of(), 3, 5, 8, 11),
                filter(ANY, ANY, List.of("ci:db/old; 50%"), Map.of(), 9, 10),
                filter(ANY, ANY, List.of("ci:web", "asset:laptop"), Map.of(), 2, 3, 4, 5, 6, 7, 8),
                filter(ANY, ANY, ANY, Map.of("class", List.of("server")), 1, 9, 10),
                filter(ANY, ANY, ANY, Map.of("class", List.of("server", "rack")), 0, 1, 9, 10),
                // A transition concerns whoever asked for the state before, or for the one after.
                filter(ANY, ANY, ANY, Map.of("state", List.of("In stock")), 3, 5),
                filter(ANY, ANY, ANY, Map.of("state", List.of("In use")), 5, 8),
                filter(ANY, ANY, ANY, Map.of("location", List.of("")), 3, 5, 8),
                filter(ANY, ANY, ANY, Map.of("location", List.of("Oslo")), 8),
                filter(
                        ANY,
                        ANY,
                        ANY,
                        Map.of("state", List.of("In use"), "location", List.of("Oslo")),
                        8),
                filter(
                        List.of("ci.registered"),
                        List.of("ci"),
                        List.of("ci:db"),
                        Map.of("class", List.of("server")),
                        1),
                filter(List.of("ci.*"), List.of("asset"), ANY, Map.of()));
    }

    private static Arguments filter(
            List<String> types,
            List<String> kinds,
            List<String> streams,
            Map<String, List<String>> facets,
            Integer... positions) {
        return Arguments.of(new WebhookFilter(types, kinds, streams, facets), List.of(positions));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void what_a_filter_lets_through_is_sent_and_nothing_else(
            WebhookFilter filter, List<Integer> positions) {
        deliverer.subscribe("w", receiver.url(), filter, -1);

        deliverer.awaitAll("w");

        assertThat(receiver.positions().stream().map(Long::intValue).toList()).isEqualTo(positions);
    }

    @Test
    void a_change_says_what_was_before_and_what_is_after() {
        JsonNode data = sent(4).get("data");

        assertThat(data.get("event")).isEqualTo(json("{\"set\":{\"cores\":8}}"));
        assertThat(data.get("asOf").stringValue()).isEqualTo("2024-03-01T00:00:00Z");
        assertThat(data.at("/before/id").stringValue()).isEqualTo("web");
        assertThat(data.at("/before/attributes")).isEqualTo(json("{\"cores\":2}"));
        assertThat(data.at("/after/attributes")).isEqualTo(json("{\"cores\":8}"));
        assertThat(data.at("/after/relations"))
                .isEqualTo(json("[{\"type\":\"dependsOn\",\"to\":\"db\"}]"));
    }

    @Test
    void what_is_registered_was_not_there_before_and_what_is_removed_is_not_there_after() {
        assertThat(sent(0).at("/data/before").isNull()).isTrue();
        assertThat(sent(0).at("/data/after/class").stringValue()).isEqualTo("rack");
        assertThat(sent(10).at("/data/before/class").stringValue()).isEqualTo("server");
        assertThat(sent(10).at("/data/after").isNull()).isTrue();
    }

    @Test
    void a_back_dated_fact_is_told_as_of_the_instant_that_it_is_about() {
        JsonNode data = sent(6).get("data");

        assertThat(data.get("asOf").stringValue()).isEqualTo("2024-02-01T00:00:00Z");
        assertThat(data.at("/before/attributes")).isEqualTo(json("{\"cores\":2}"));
        assertThat(data.at("/after/attributes")).isEqualTo(json("{\"cores\":4}"));
    }

    @Test
    void a_retraction_is_told_as_of_the_instant_of_the_fact_that_it_takes_back() {
        JsonNode event = sent(7);

        assertThat(event.get("type").stringValue()).isEqualTo("ci.fact-retracted");
        assertThat(event.at("/data/asOf").stringValue()).isEqualTo("2024-03-01T00:00:00Z");
        assertThat(event.at("/data/before/attributes")).isEqualTo(json("{\"cores\":8}"));
        assertThat(event.at("/data/after/attributes")).isEqualTo(json("{\"cores\":4}"));
    }

    @Test
    void an_event_about_nothing_in_the_register_says_just_what_happened() {
        JsonNode data = sent(11).get("data");

        assertThat(data.propertyNames()).containsExactly("event");
        assertThat(data.at("/event/url").stringValue()).isEqualTo(receiver.url());
    }

    @Test
    void each_event_of_a_change_set_has_its_own_before_and_after_and_the_change_in_common() {
        StreamId first = StreamId.ci("app");
        StreamId asset = StreamId.asset("blade");
        ChangeSet proposed =
                deliverer
                        .recorded()
                        .proposed(
                                List.of(
                                        Entry.of(
                                                first,
                                                new CiRegistered(
                                                        "service", null, null, null, Map.of(),
                                                        List.of())),
                                        Entry.of(first, tier(1)),
                                        Entry.of(first, tier(2)),
                                        Entry.of(
                                                asset,
                                                new AssetRegistered(
                                                        "In stock",
                                                        "Available",
                                                        Map.of(),
                                                        Map.of()))));
        deliverer
                .recorded()
                .log()
                .append(
                        new ChangeSet(
                                proposed.id(),
                                "importer-1",
                                "person-2",
                                "crm",
                                new StoredMetadata("moved to Oslo", "CHG0042", null, null, null)
                                        .toJson(),
                                proposed.events(),
                                List.of(),
                                List.of(),
                                null))
                .join();
        deliverer.subscribe("w", receiver.url(), 10);

        List<JsonNode> events =
                receiver.awaitTaken(4).stream().limit(4).map(Attempt::event).toList();

        assertThat(events)
                .allSatisfy(
                        event -> {
                            assertThat(event.get("changereference").stringValue())
                                    .isEqualTo("CHG0042");
                            assertThat(event.get("changereason").stringValue())
                                    .isEqualTo("moved to Oslo");
                            assertThat(event.get("changeset").stringValue())
                                    .isEqualTo(proposed.id().toString());
                            assertThat(event.get("principal").stringValue())
                                    .isEqualTo("importer-1");
                            assertThat(event.get("actor").stringValue()).isEqualTo("person-2");
                            assertThat(event.get("origin").stringValue()).isEqualTo("crm");
                        });
        assertThat(events.get(0).at("/data/before").isNull()).isTrue();
        assertThat(events.get(1).at("/data/before/attributes")).isEqualTo(json("{}"));
        assertThat(events.get(1).at("/data/after/attributes")).isEqualTo(json("{\"tier\":1}"));
        assertThat(events.get(2).at("/data/before/attributes")).isEqualTo(json("{\"tier\":1}"));
        assertThat(events.get(2).at("/data/after/attributes")).isEqualTo(json("{\"tier\":2}"));
        assertThat(events.get(3).at("/data/after/state").stringValue()).isEqualTo("In stock");
    }

    private static CiChanged tier(long tier) {
        return new CiChanged(Map.of("tier", tier), List.of(), List.of(), List.of());
    }

    /** The event at a position as a receiver gets it. */
    private JsonNode sent(int position) {
        String id = "from-" + position;
        deliverer.subscribe(id, receiver.url(), position - 1);
        deliverer.awaitAll(id);
        return receiver.taken().stream()
                .map(Attempt::event)
                .filter(event -> event.get("position").intValue() == position)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}
