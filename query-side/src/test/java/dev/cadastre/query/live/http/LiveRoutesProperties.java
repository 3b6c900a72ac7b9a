package dev.cadastre.query.live.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SteppingClock;
import dev.cadastre.query.live.http.LiveClient.Had;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * After each complete message a client has what the query answers at the coordinates that the
 * message names; in the end it has what the query answers now.
 */
class LiveRoutesProperties {

    private static final String FROM = "from=2024-01-01T00:00:02Z";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Live queries, and the query of each. */
    private static final Map<String, String> QUERIES =
            Map.of(
                    "view=cis&class=server",
                    "/api/v1/cis?class=server",
                    "view=assets",
                    "/api/v1/assets?",
                    "view=cis&q=text&fields=id,class",
                    "/api/v1/cis?q=text&fields=id,class",
                    "view=cis&asOf=2024-01-01T00:00:05Z",
                    "/api/v1/cis?asOf=2024-01-01T00:00:05Z",
                    "view=counts&kind=ci&by=class,environment",
                    "/api/v1/counts?kind=ci&by=class,environment",
                    "view=diff&" + FROM,
                    "/api/v1/diff?" + FROM,
                    "view=impact&id=start&direction=dependencies",
                    "/api/v1/cis/start/impact?direction=dependencies");

    @Property(tries = 3, shrinking = ShrinkingMode.OFF)
    void a_client_always_has_what_the_query_answers(@ForAll("histories") List<List<Entry>> history)
            throws IOException {
        Path directory = Files.createTempDirectory("live");
        SteppingClock clock =
                new SteppingClock(Instant.parse("2024-01-01T00:00:03Z"), Duration.ZERO);
        try (QueryServer server = QueryServer.start(directory, clock, ZoneOffset.UTC)) {
            server.recorded().changeSet(start());
            server.get("/api/v1/cis");
            Map<String, LiveClient> clients = new TreeMap<>();
            for (String query : QUERIES.keySet()) {
                clients.put(query, LiveClient.open(server, query));
            }
            for (List<Entry> changeSet : history) {
                server.recorded().changeSet(changeSet);
                clock.move(Duration.ofMillis(900));
                server.get("/api/v1/cis?limit=1");
            }
            clients.forEach((query, client) -> awaitUpToDate(server, query, client));
            clients.forEach((query, client) -> check(server, query, client));
            resume(server, clients);
            for (LiveClient client : clients.values()) {
                client.close();
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static Entry start() {
        return Entry.at(
                "2024-01-01T00:00:00Z",
                StreamId.ci("start"),
                new CiRegistered(
                        "server",
                        "the start",
                        null,
                        null,
                        Map.of("p", "a text"),
                        List.of(
                                new dev.cadastre.events.ci.Relation("runsOn", "a"),
                                new dev.cadastre.events.ci.Relation("dependsOn", "b"))));
    }

    private static void awaitUpToDate(QueryServer server, String query, LiveClient client) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.rows().equals(rows(server, QUERIES.get(query))));
    }

    private static void check(QueryServer server, String query, LiveClient client) {
        assertThat(client.results()).isEqualTo(1);
        assertThat(client.had()).isNotEmpty();
        for (Had had : client.had()) {
            assertThat(had.rows())
                    .as("%s at %s", query, had.id())
                    .isEqualTo(rows(server, at(query, had)));
        }
    }

    private static void resume(QueryServer server, Map<String, LiveClient> clients)
            throws IOException {
        for (var one : clients.entrySet()) {
            for (Had had :
                    List.of(one.getValue().had().getFirst(), one.getValue().had().getLast())) {
                try (LiveClient resumed = LiveClient.resume(server, one.getKey(), had)) {
                    await().until(() -> !resumed.had().isEmpty());
                    awaitUpToDate(server, one.getKey(), resumed);
                    assertThat(resumed.results()).isZero();
                }
            }
        }
    }

    private static String at(String query, Had had) {
        String path = QUERIES.get(query);
        String asOf = path.contains("asOf=") ? "" : "&asOf=" + had.asOf();
        return path.startsWith("/api/v1/diff")
                ? path + "&to=" + had.asOf() + "&knownAt=position:" + had.position()
                : path + asOf + "&knownAt=position:" + had.position();
    }

    /** The rows of an answer, with the keys that the guide names. */
    private static Map<String, JsonNode> rows(QueryServer server, String path) {
        Map<String, JsonNode> rows = new TreeMap<>();
        JsonNode answer = server.json(path + (path.startsWith("/api/v1/cis/") ? "" : limit(path)));
        if (path.contains("/impact")) {
            answer.get("nodes")
                    .forEach(node -> rows.put("node:" + node.get("id").asString(), node));
            answer.get("edges").forEach(edge -> rows.put("edge:" + texts(edge), edge));
        } else if (path.contains("/counts")) {
            answer.get("items").forEach(item -> rows.put(values(item), item));
        } else if (path.contains("/diff")) {
            answer.get("items")
                    .forEach(
                            item ->
                                    rows.put(
                                            item.get("kind").asString()
                                                    + ":"
                                                    + item.get("id").asString(),
                                            item));
        } else {
            answer.get("items").forEach(item -> rows.put(item.get("id").asString(), item));
        }
        return rows;
    }

    private static String limit(String path) {
        return path.contains("/counts") ? "" : "&limit=1000";
    }

    private static String texts(JsonNode edge) {
        return MAPPER.writeValueAsString(
                List.of(
                        edge.get("from").asString(),
                        edge.get("type").asString(),
                        edge.get("to").asString()));
    }

    private static String values(JsonNode item) {
        List<JsonNode> values = new ArrayList<>();
        values.add(item.path("class"));
        values.add(item.path("environment"));
        return "["
                + String.join(
                        ",",
                        values.stream()
                                .map(value -> value.isMissingNode() ? "null" : value.toString())
                                .toList())
                + "]";
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(8);
    }
}
