package dev.cadastre.query.live.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SteppingClock;
import dev.cadastre.query.shared.stream.StreamClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LiveRoutesTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir Path directory;

    private final SteppingClock clock =
            new SteppingClock(Instant.parse("2024-06-01T00:00:00Z"), Duration.ZERO);
    private QueryServer server;

    @BeforeEach
    void start() {
        server = QueryServer.start(directory, clock, ZoneOffset.UTC);
        Estate.record(server.recorded());
        server.get("/api/v1/cis");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void first_the_answer_comes_and_then_what_changes() throws IOException {
        try (StreamClient client = stream("view=counts&kind=ci&by=class")) {
            List<String> result = client.event();
            assertThat(result.get(0)).matches("id: 10\\.\\d+\\.-?[0-9a-z]+");
            assertThat(result.get(1)).isEqualTo("event: result");
            JsonNode message = data(result);
            assertThat(message.get("complete").asBoolean()).isTrue();
            assertThat(message.get("position").asInt()).isEqualTo(10);
            assertThat(message.get("head").toString())
                    .isEqualTo("{\"kind\":\"ci\",\"by\":[\"class\"],\"total\":3}");
            assertThat(message.get("put").findValuesAsString("key"))
                    .containsExactlyInAnyOrder("[\"rack\"]", "[\"server\"]", "[\"service\"]");
            register("web-2", "service");
            List<String> change = client.event();
            assertThat(change.get(1)).isEqualTo("event: change");
            assertThat(data(change).get("put").toString())
                    .isEqualTo(
                            "[{\"key\":\"[\\\"service\\\"]\","
                                    + "\"row\":{\"class\":\"service\",\"count\":2}}]");
            assertThat(data(change).get("head").get("total").asInt()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "view=cis&class=service",
                "view=counts&kind=ci&by=class",
                "view=diff&from=2024-05-01T00:00:00Z&kind=ci",
                "view=impact&id=db&direction=dependents"
            })
    void a_scheduled_fact_alters_the_answer_when_it_comes_true_without_an_event(String query)
            throws IOException {
        server.recorded().at("2024-06-02T00:00:00Z", Estate.WEB, new CiRemoved(List.of()));
        server.get("/api/v1/cis");
        try (LiveClient client = LiveClient.open(server, query)) {
            await().until(() -> !client.had().isEmpty());
            LiveClient.Had before = client.had().getFirst();
            clock.move(Duration.ofDays(1));
            await().until(() -> client.had().size() > 1);
            LiveClient.Had after = client.had().getLast();
            assertThat(after.rows()).isNotEqualTo(before.rows());
            assertThat(after.asOf()).isEqualTo("2024-06-02T00:00:00Z");
            assertThat(after.position()).isEqualTo(before.position()).isEqualTo(11);
        }
    }

    @Test
    void what_matters_to_no_row_causes_no_message() throws IOException {
        try (LiveClient cis = LiveClient.open(server, "view=cis&class=rack");
                LiveClient assets = LiveClient.open(server, "view=assets")) {
            await().until(() -> !cis.had().isEmpty() && !assets.had().isEmpty());
            for (String place : List.of("Berlin", "Rome", "Oslo")) {
                server.recorded()
                        .now(
                                Estate.LAPTOP,
                                new AssetAssigned(Map.of("location", place), List.of()));
            }
            server.recorded().now(Estate.WEB, cores(5));
            await().until(
                            () ->
                                    assets.rows()
                                            .get("laptop")
                                            .get("location")
                                            .asString()
                                            .equals("Oslo"));
            assertThat(cis.had()).hasSize(1);
        }
    }

    @Test
    void many_changes_come_as_few_messages() throws IOException {
        try (LiveClient client = LiveClient.open(server, "view=cis&class=service")) {
            await().until(() -> !client.had().isEmpty());
            long began = System.nanoTime();
            for (int i = 0; i < 300; i++) {
                server.recorded().now(Estate.WEB, cores(i));
            }
            await().until(() -> client.rows().get("web").toString().contains("\"cores\":299"));
            long tenths = Duration.ofNanos(System.nanoTime() - began).toMillis() / 100;
            assertThat(client.had().size()).isLessThanOrEqualTo((int) tenths + 3);
        }
    }

    @Test
    void a_large_answer_comes_in_parts_and_one_that_is_too_large_not_at_all() throws IOException {
        for (int set = 0; set < 4; set++) {
            registerMany(set * 2_500, "node");
        }
        server.get("/api/v1/cis?limit=1");
        try (LiveClient client = LiveClient.open(server, "view=cis&class=node")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !client.had().isEmpty());
            assertThat(client.results()).isEqualTo(1);
            assertThat(client.had().getFirst().rows()).hasSize(10_000);
            register("one-more", "node");
            await().atMost(Duration.ofSeconds(20)).until(() -> client.end() != null);
            assertThat(client.end()).isEqualTo("too-large");
        }
        try (StreamClient refused = stream("view=cis&class=node")) {
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).contains("more than 10000 rows");
        }
    }

    @Test
    void the_impact_of_a_ci_that_is_removed_ends() throws IOException {
        try (LiveClient client = LiveClient.open(server, "view=impact&id=rack")) {
            await().until(() -> client.rows().containsKey("node:web"));
            server.recorded().now(Estate.RACK, new CiRemoved(List.of()));
            await().until(() -> "gone".equals(client.end()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 400, 'view is one of assets, cis, counts, diff, impact'",
        "'view=dogs', '', 400, 'view is one of'",
        "'view=cis&view=assets', '', 400, 'view is one of'",
        "'view=cis&knownAt=position:3', '', 400, 'no parameter'",
        "'view=cis&limit=5', '', 400, 'no parameter'",
        "'view=cis&asOf=12000-01-01', '', 400, 'asOf'",
        "'view=cis&state=x', '', 400, 'no parameter'",
        "'view=counts', '', 400, 'kind is missing'",
        "'view=counts&kind=ci&by=colour', '', 400, 'is counted by'",
        "'view=diff', '', 400, 'from is missing'",
        "'view=impact', '', 400, 'id is missing'",
        "'view=impact&id=nobody', '', 404, 'No CI has this id'",
        "'view=cis', '7', 400, 'not the id of a message'",
        "'view=cis', '1.2.3.4', 400, 'not the id of a message'",
        "'view=cis', '-5.1.x', 400, 'not the id of a message'",
    })
    void what_cannot_be_is_refused(String query, String last, int status, String words)
            throws IOException {
        try (StreamClient client = stream(query, "Last-Event-ID", last)) {
            assertThat(client.status()).isEqualTo(status);
            assertThat(client.body()).contains(words);
        }
    }

    @Test
    void an_id_that_this_log_never_reached_is_refused_and_that_of_another_query_gets_all()
            throws IOException {
        String id;
        try (LiveClient client = LiveClient.open(server, "view=cis")) {
            await().until(() -> !client.had().isEmpty());
            id = client.had().getFirst().id();
        }
        try (StreamClient other = stream("view=assets", "Last-Event-ID", id)) {
            assertThat(other.event().get(1)).isEqualTo("event: result");
        }
        String beyond = "999" + id.substring(id.indexOf('.'));
        try (StreamClient refused = stream("view=cis", "Last-Event-ID", beyond)) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("behind the end of the log");
        }
    }

    private void register(String id, String ciClass) {
        server.recorded().now(StreamId.ci(id), registered(ciClass));
    }

    private void registerMany(int first, String ciClass) {
        List<Entry> entries = new ArrayList<>();
        for (int i = first; i < first + 2_500; i++) {
            entries.add(Entry.of(StreamId.ci("node-" + i), registered(ciClass)));
        }
        server.recorded().changeSet(entries);
    }

    private static CiRegistered registered(String ciClass) {
        return new CiRegistered(ciClass, null, null, null, Map.of(), List.of());
    }

    private static CiChanged cores(long cores) {
        return new CiChanged(Map.of("cores", cores), List.of(), List.of(), List.of());
    }

    private static JsonNode data(List<String> event) {
        return MAPPER.readTree(event.getLast().substring("data: ".length()));
    }

    private StreamClient stream(String query, String... headers) throws IOException {
        return StreamClient.open(server.port(), server.token(), "/api/v1/live?" + query, headers);
    }
}
