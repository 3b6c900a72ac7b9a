package dev.cadastre.query.events.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.person.PersonEvent.PersonRegistered;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.shared.stream.StreamClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventRoutesTest {

    private static final String EVENTS = "/api/v1/events";
    private static final String[] NDJSON = {"Accept", "application/x-ndjson"};
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir Path directory;

    private QueryServer server;

    @BeforeEach
    void start() {
        Clock clock = Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);
        server = QueryServer.start(directory, clock, ZoneOffset.UTC);
        Estate.record(server.recorded());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_whole_log_comes_as_cloud_events_in_the_order_of_positions() throws IOException {
        List<JsonNode> events = all("?follow=false");
        assertThat(positions(events)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        JsonNode moved = events.get(5);
        assertThat(moved.get("specversion").asString()).isEqualTo("1.0");
        assertThat(moved.get("type").asString()).isEqualTo("asset.transitioned");
        assertThat(moved.get("subject").asString()).isEqualTo("asset:laptop");
        assertThat(moved.get("source").asString()).isEqualTo("/api/v1/events");
        assertThat(moved.get("sequence").asString()).isEqualTo("0000000000000000005");
        assertThat(moved.get("sequencenumber").asInt()).isEqualTo(1);
        assertThat(moved.get("time").asString()).startsWith("2024-06-01T00:00:00.00000");
        assertThat(moved.get("effectiveat").asString()).isEqualTo("2024-03-15T00:00:00Z");
        assertThat(moved.get("principal").asString()).isEqualTo("person-tester");
        assertThat(moved.get("actor").asString()).isEqualTo("person-tester");
        assertThat(moved.get("origin").asString()).isEqualTo("test");
        assertThat(moved.get("datacontenttype").asString()).isEqualTo("application/json");
        assertThat(moved.get("data").get("state").asString()).isEqualTo("In use");
        assertThat(events)
                .allSatisfy(
                        event ->
                                assertThat(event.propertyNames())
                                        .allMatch(name -> name.matches("[a-z0-9]{1,20}")))
                .extracting(event -> event.get("id").asString())
                .doesNotHaveDuplicates();
        assertThat(events.get(0).get("changeset")).isEqualTo(events.get(2).get("changeset"));
    }

    @Test
    void of_a_person_there_is_the_opaque_id_and_nothing_else() throws IOException {
        server.recorded()
                .now(StreamId.person("p-1"), new PersonRegistered("key-1", "Y2lwaGVydGV4dA=="));
        JsonNode event = all("?follow=false&kind=person").getFirst();
        assertThat(event.get("subject").asString()).isEqualTo("person:p-1");
        assertThat(event.toString()).doesNotContain("data", "key-1", "Y2lwaGVydGV4dA");
    }

    @Test
    void server_sent_events_have_the_position_as_id_and_go_on_after_the_last_one_seen()
            throws IOException {
        try (StreamClient client = client("?after=8")) {
            assertThat(client.header("log-position")).isEqualTo("10");
            List<String> event = client.event();
            assertThat(event).hasSize(2);
            assertThat(event.getFirst()).isEqualTo("id: 9");
            assertThat(event.getLast()).startsWith("data: {\"specversion\":\"1.0\"");
            assertThat(client.event().getFirst()).isEqualTo("id: 10");
            server.recorded().now(Estate.WEB, cores(16));
            assertThat(client.event().getFirst()).isEqualTo("id: 11");
        }
        // A browser that reconnects repeats its address, and says what it saw last.
        try (StreamClient client = client("?after=8", "Last-Event-ID", "10")) {
            assertThat(client.event().getFirst()).isEqualTo("id: 11");
        }
        try (StreamClient client = client("")) {
            server.recorded().now(Estate.WEB, cores(32));
            assertThat(client.event().getFirst()).isEqualTo("id: 12");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'type=ci.changed', '4,6'",
        "'type=ci.changed&type=ci.removed', '4,6,10'",
        "'stream=asset:laptop', '3,5,8'",
        "'stream=ci:db%2Fold%3B%2050%25&type=ci.removed', '10'",
        "'kind=asset', '3,5,8'",
        "'class=server', '1,9,10'",
        "'class=server&class=rack', '0,1,9,10'",
        "'location=Oslo', '8'",
        "'state=In%20stock', '3,5'",
        "'location=', '3,5,8'",
        "'kind=ci&class=service', '2,4,6,7'",
        "'assetType=', '3,5,8'",
        "'assetType=hardware', ''",
        "'limit=2', '0,1'",
        "'until=3', '0,1,2,3'",
        "'after=3&until=5', '4,5'",
        "'after=3&until=5&type=ci.changed', '4'",
        "'type=ci.changed&limit=1', '4'",
        "'after=10', ''",
    })
    void what_is_asked_for_comes(String query, String expected) throws IOException {
        List<JsonNode> lines =
                all((query.contains("after") ? "?" : "?after=-1&") + "follow=false&" + query);
        List<Long> positions =
                positions(lines.stream().filter(line -> line.has("specversion")).toList());
        assertThat(positions.toString().replaceAll("[\\[\\] ]", "")).isEqualTo(expected);
    }

    @Test
    void assets_are_asked_for_by_their_type_beside_the_type_of_the_event() throws IOException {
        StreamId phone = StreamId.asset("phone");
        server.recorded()
                .now(
                        phone,
                        new AssetRegistered(
                                "In stock", null, Map.of("type", "hardware"), Map.of()));
        server.recorded().now(phone, new AssetTransitioned("In use", null));

        String hardware = "?after=-1&follow=false&assetType=hardware";
        assertThat(positions(all(hardware))).containsExactly(11L, 12L);
        assertThat(positions(all(hardware + "&type=asset.transitioned"))).containsExactly(12L);
    }

    @Test
    void a_stream_of_few_events_tells_how_far_it_has_come() throws IOException {
        try (StreamClient client = client("?after=-1&type=asset.assigned")) {
            assertThat(client.event().getFirst()).isEqualTo("id: 8");
            assertThat(client.event())
                    .containsExactly("id: 10", "event: position", "data: {\"position\":10}");
            server.recorded().now(Estate.WEB, cores(64));
            assertThat(client.event()).contains("id: 11", "event: position");
        }
        List<JsonNode> lines = all("?follow=false&type=asset.assigned&until=9");
        assertThat(lines).hasSize(2);
        assertThat(lines.getLast().toString()).isEqualTo("{\"position\":9}");
    }

    @Test
    void events_of_a_part_of_the_estate_come_when_they_are_recorded() throws IOException {
        try (StreamClient client = client("?class=server")) {
            server.recorded().now(Estate.WEB, cores(1));
            server.recorded().now(Estate.DB, cores(1));
            List<String> event = client.event();
            while (!event.getFirst().equals("id: 12")) {
                assertThat(event).contains("event: position");
                event = client.event();
            }
            assertThat(event.getLast()).contains("\"subject\":\"ci:db\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'?after=11', 'Last-Event-ID', '', 'after', 'no event of this log has the position'",
        "'?after=-2', 'Last-Event-ID', '', 'after', 'no event of this log has the position'",
        "'?after=x', 'Last-Event-ID', '', 'after', 'no event of this log has the position'",
        "'', 'Last-Event-ID', '999', 'Last-Event-ID', 'no event of this log has the position'",
        "'?after=1', 'Last-Event-ID', 'abc', 'Last-Event-ID', 'no event of this log'",
        "'?after=5&until=4', 'Last-Event-ID', '', 'until', 'lies before the position'",
        "'?limit=0', 'Last-Event-ID', '', 'limit', 'whole number from 1'",
        "'?type=ci.exploded', 'Last-Event-ID', '', 'type', 'no event type'",
        "'?kind=dog', 'Last-Event-ID', '', 'kind', 'no event kind'",
        "'?stream=web', 'Last-Event-ID', '', 'stream', 'a kind and an id'",
        "'?kind=asset&class=server', 'Last-Event-ID', '', 'class', 'no event could pass'",
        "'?kind=ci&assetType=hardware', 'Last-Event-ID', '', 'assetType', 'ci has assetType'",
        "'?class=server&location=Oslo', 'Last-Event-ID', '', 'class', 'no event could pass'",
        "'?follow=perhaps', 'Last-Event-ID', '', 'follow', 'true or false'",
        "'?colour=red', 'Last-Event-ID', '', 'colour', 'no parameter'",
    })
    void what_cannot_be_is_refused_by_name(
            String query, String header, String value, String parameter, String words)
            throws IOException {
        try (StreamClient client = client(query, header, value)) {
            JsonNode problem = MAPPER.readTree(client.body());
            assertThat(client.status()).isEqualTo(400);
            assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
            assertThat(problem.get("detail").asString()).contains(words);
        }
        await().until(() -> server.bean(LongStreams.class).count() == 0);
    }

    @Test
    void a_client_that_reads_nothing_for_a_while_gets_everything_all_the_same() throws Exception {
        try (StreamClient slow = client("?after=10", NDJSON);
                StreamClient quick = client("?after=10", NDJSON)) {
            String filling = "x".repeat(20_000);
            int events = 3_000;
            Thread writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; i < events; i += 50) {
                                            List<Entry> set = new ArrayList<>();
                                            for (int j = 0; j < 50; j++) {
                                                set.add(Entry.of(Estate.WEB, filled(filling)));
                                            }
                                            server.recorded().changeSet(set);
                                        }
                                    });
            // 60 MB go by, of which the tail keeps a few.
            for (int i = 0; i < events; i++) {
                assertThat(position(quick.content())).isEqualTo(11 + i);
            }
            writer.join();
            for (int i = 0; i < events; i++) {
                assertThat(position(slow.content())).isEqualTo(11 + i);
            }
        }
    }

    private static CiChanged cores(long cores) {
        return new CiChanged(Map.of("cores", cores), List.of(), List.of(), List.of());
    }

    private static CiChanged filled(String text) {
        return new CiChanged(Map.of("filling", text), List.of(), List.of(), List.of());
    }

    private static long position(String line) {
        return MAPPER.readTree(line).get("position").asLong();
    }

    private static List<Long> positions(List<JsonNode> events) {
        return events.stream().map(event -> event.get("position").asLong()).toList();
    }

    private List<JsonNode> all(String query) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (StreamClient client = client(query, NDJSON)) {
            for (String line = client.content(); line != null; line = client.content()) {
                lines.add(MAPPER.readTree(line));
            }
        }
        return lines;
    }

    private StreamClient client(String query, String... headers) throws IOException {
        return StreamClient.open(server.port(), server.token(), EVENTS + query, headers);
    }
}
