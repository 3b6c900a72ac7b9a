package dev.cadastre.query.replay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.shared.difference.AppliedPatch;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.shared.stream.StreamClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReplayRoutesTest {

    private static final String REPLAY = "/api/v1/replay";
    private static final String EVERYTHING = "?from=2023-12-01&to=2024-05-31";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir Path directory;

    private QueryServer server;

    @BeforeEach
    void start() {
        open();
        Estate.record(server.recorded());
        server.get("/api/v1/cis?limit=1");
    }

    private void open() {
        Clock clock = Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);
        server = QueryServer.start(directory, clock, ZoneOffset.UTC);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_first_state_and_then_each_change_set_come_until_the_end() throws IOException {
        List<JsonNode> messages = all("?from=2024-02-10&to=2024-05-31&kind=ci");
        assertThat(kinds(messages)).containsExactly("state", "begin", "change", "complete");
        assertThat(messages.get(0).get("asOf").asString()).isEqualTo("2024-02-10T00:00:00Z");
        assertThat(messages.get(0).get("items")).hasSize(4);
        assertThat(messages.get(1).get("items").asLong()).isEqualTo(4);
        JsonNode removal = messages.get(2);
        assertThat(removal.get("asOf").asString()).isEqualTo("2024-02-15T00:00:00Z");
        assertThat(removal.get("principal").asString()).isEqualTo("person-tester");
        assertThat(removal.get("source").asString()).isEqualTo("test");
        JsonNode removed = removal.get("entities").get(0);
        assertThat(removed.get("id").asString()).isEqualTo("db/old; 50%");
        assertThat(removed.get("change").asString()).isEqualTo("removed");
        assertThat(removed.get("events").get(0).get("type").asString()).isEqualTo("ci.removed");
        assertThat(removed.get("events").get(0).get("position").asLong()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=2023-12-01&to=2024-05-31",
                "?from=2024-01-10&to=2024-03-15T12:00:00Z&knownAt=position:5",
                "?from=2024-01-10&to=2024-03-15&class=server",
                "?from=2024-01-10&to=2024-05-31&location=Oslo",
                "?from=2024-01-10&to=2024-05-31&location=",
                "?axis=recorded&from=position:-1&to=position:10",
                "?axis=recorded&from=position:2&to=position:8&asOf=2024-03-10",
            })
    void the_patches_lead_from_the_first_state_to_what_a_query_answers_at_the_end(String query)
            throws IOException {
        List<JsonNode> messages = all(query);
        assertThat(kinds(messages)).endsWith("complete");
        assertThat(outcome(messages)).isEqualTo(asked(query, messages.getLast()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=2023-12-01&to=2024-05-31",
                "?from=2023-12-01",
                "?axis=recorded&from=position:2",
                "?axis=recorded&from=position:2&asOf=2024-03-10&kind=ci",
            })
    void it_goes_on_after_any_message_whatever_was_recorded_meanwhile_and_after_a_restart(
            String query) throws IOException {
        List<JsonNode> messages = all(query);
        assertThat(messages).hasSizeGreaterThan(3);
        server.recorded().at("2024-02-20T00:00:00Z", Estate.DB, cores(9));
        server.recorded().at("2024-02-20T00:00:00Z", Estate.WEB, cores(99));
        server.close();
        open();
        for (int told = 1; told < messages.size(); told++) {
            String id = messages.get(told - 1).get("id").asString();
            assertThat(all(query + "&after=" + id)).isEqualTo(from(messages, told));
            assertThat(all(query + "&after=nonsense", "Last-Event-ID", id))
                    .isEqualTo(from(messages, told));
        }
    }

    @Test
    void a_browser_that_has_seen_the_end_is_told_not_to_come_again() throws IOException {
        String id = all(EVERYTHING).getLast().get("id").asString();
        try (StreamClient client = client(EVERYTHING, "Last-Event-ID", id)) {
            assertThat(client.status()).isEqualTo(204);
        }
        await().until(() -> server.bean(LongStreams.class).count() == 0);
    }

    @Test
    void server_sent_events_carry_the_same_with_id_and_kind() throws IOException {
        List<JsonNode> messages = all(EVERYTHING);
        try (StreamClient client = client(EVERYTHING)) {
            assertThat(client.header("content-type")).startsWith("text/event-stream");
            assertThat(client.header("log-position")).isEqualTo("10");
            for (JsonNode message : messages) {
                assertThat(client.event())
                        .containsExactly(
                                "id: " + message.get("id").asString(),
                                "event: " + message.get("message").asString(),
                                "data: " + message);
            }
            assertThat(client.event()).isNull();
        }
    }

    @Test
    void a_change_without_a_reference_is_unplanned() throws IOException {
        ChangeSet plain = server.recorded().proposed(List.of(Entry.of(Estate.WEB, cores(16))));
        server.recorded()
                .log()
                .append(
                        new ChangeSet(
                                plain.id(),
                                plain.principal(),
                                plain.actor(),
                                plain.source(),
                                "{\"change\":\"CHG-1\",\"reason\":\"More room\"}"
                                        .getBytes(StandardCharsets.UTF_8),
                                plain.events(),
                                List.of(),
                                List.of(),
                                null))
                .join();
        server.recorded().now(Estate.WEB, cores(17));
        List<JsonNode> changes =
                all("?axis=recorded&from=position:10", "Min-Log-Position", "12").stream()
                        .filter(message -> message.get("message").asString().equals("change"))
                        .toList();
        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst().get("change").asString()).isEqualTo("CHG-1");
        assertThat(changes.getFirst().get("reason").asString()).isEqualTo("More room");
        assertThat(changes.getFirst().has("unplanned")).isFalse();
        assertThat(changes.getLast().get("unplanned").asBoolean()).isTrue();
        assertThat(changes.getLast().has("change")).isFalse();
    }

    @Test
    void of_what_became_true_only_that_is_marked_which_had_been_recorded_ahead_of_time()
            throws IOException {
        server.recorded().at("2999-01-01T00:00:00Z", Estate.WEB, cores(16));
        List<JsonNode> marked =
                all("?from=2023-12-01&to=2999-12-31", "Min-Log-Position", "11").stream()
                        .filter(message -> message.has("cameTrue"))
                        .toList();
        assertThat(marked)
                .singleElement()
                .satisfies(
                        change ->
                                assertThat(change.get("asOf").asString())
                                        .isEqualTo("2999-01-01T00:00:00Z"));
    }

    @Test
    void changes_come_no_faster_than_asked_for() throws IOException {
        long began = System.nanoTime();
        List<JsonNode> messages = all(EVERYTHING + "&speed=20");
        long took = System.nanoTime() - began;
        List<JsonNode> atOnce = all(EVERYTHING + "&speed=0");
        long changes = kinds(atOnce).stream().filter("change"::equals).count();
        assertThat(messages).isEqualTo(atOnce);
        assertThat(Duration.ofNanos(took)).isGreaterThanOrEqualTo(Duration.ofMillis(50 * changes));
    }

    @Test
    void more_replays_than_there_is_room_for_are_told_to_come_later() throws IOException {
        List<StreamClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                clients.add(client(EVERYTHING + "&speed=1"));
                assertThat(clients.getLast().status()).isEqualTo(200);
            }
            try (StreamClient more = client(EVERYTHING)) {
                assertThat(more.status()).isEqualTo(429);
                assertThat(more.header("retry-after")).isEqualTo("10");
            }
        } finally {
            for (StreamClient client : clients) {
                client.close();
            }
        }
        await().until(() -> server.bean(LongStreams.class).count() == 0);
        assertThat(kinds(all(EVERYTHING))).endsWith("complete");
    }

    @ParameterizedTest
    @CsvSource({
        "'', from, 'from is missing'",
        "?from=12000-01-01, from, 'lies outside the years 0001 to 9999'",
        "?from=2024-01-01&to=yesterday, to, 'is not an instant'",
        "?from=2024-02-01&to=2024-01-01, from, 'lies after to'",
        "?from=2030-01-01, from, 'lies after now'",
        "?from=2024-01-01&knownAt=position:11, knownAt, 'behind the end of the log'",
        "?axis=recorded&from=position:11, from, 'behind the end of the log'",
        "?axis=recorded&from=position:5&to=position:4, from, 'lies after to'",
        "?axis=recorded&from=position:5&knownAt=2024-01-01, knownAt, 'stays fixed is asOf'",
        "?from=2024-01-01&asOf=2024-01-01, asOf, 'stays fixed is knownAt'",
        "?from=2024-01-01&axis=sideways, axis, 'effective or recorded'",
        "?from=2024-01-01&speed=-1, speed, 'whole number from 0'",
        "?from=2024-01-01&speed=fast, speed, 'whole number from 0'",
        "?from=2024-01-01&kind=dog, kind, 'asset or ci'",
        "?from=2024-01-01&kind=asset&class=server, class, 'has no class'",
        "?from=2024-01-01&class=server&location=Oslo, class, 'nothing is left'",
        "?from=2024-01-01&colour=red, colour, 'no parameter'",
        "?from=2024-01-01&after=, after, 'no id of a replay'",
        "?from=2024-01-01&after=AAAA, after, 'no id of a replay'",
        "?from=2024-01-01&after=!, after, 'no id of a replay'",
    })
    void what_cannot_be_replayed_is_refused_by_name(String query, String parameter, String words)
            throws IOException {
        assertRefused(client(query), parameter, words);
        await().until(() -> server.bean(LongStreams.class).count() == 0);
    }

    @Test
    void an_id_that_was_altered_or_is_of_another_replay_is_refused() throws IOException {
        String id = all(EVERYTHING).getFirst().get("id").asString();
        String other = id.charAt(20) == 'A' ? "B" : "A";
        assertRefused(
                client(EVERYTHING, "Last-Event-ID", id.substring(0, 20) + other + id.substring(21)),
                "Last-Event-ID",
                "no id of a replay");
        assertRefused(
                client(EVERYTHING + "&kind=ci", "Last-Event-ID", id),
                "Last-Event-ID",
                "another replay");
        assertRefused(
                client("?from=2023-12-02&to=2024-05-31&after=" + id), "after", "another replay");
        assertThat(all(EVERYTHING + "&speed=1000&after=" + id)).isNotEmpty();
    }

    private static void assertRefused(StreamClient refused, String parameter, String words)
            throws IOException {
        try (refused) {
            JsonNode problem = MAPPER.readTree(refused.body());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
            assertThat(problem.get("detail").asString()).contains(words);
        }
    }

    private static CiChanged cores(long cores) {
        return new CiChanged(Map.of("cores", cores), List.of(), List.of(), List.of());
    }

    private static List<String> kinds(List<JsonNode> messages) {
        return messages.stream().map(message -> message.get("message").asString()).toList();
    }

    private static List<JsonNode> from(List<JsonNode> messages, int told) {
        return messages.subList(told, messages.size());
    }

    private static SortedMap<String, JsonNode> outcome(List<JsonNode> messages) {
        SortedMap<String, JsonNode> documents = new TreeMap<>();
        for (JsonNode message : messages) {
            if (message.get("message").asString().equals("state")) {
                for (JsonNode item : message.get("items")) {
                    documents.put(key(message.get("kind"), item.get("id")), item);
                }
            }
            for (JsonNode entity : message.path("entities")) {
                String key = key(entity.get("kind"), entity.get("id"));
                JsonNode after = AppliedPatch.of(documents.remove(key), entity.get("patch"));
                if (!after.isNull()) {
                    documents.put(key, after);
                }
            }
        }
        return documents;
    }

    /** What lists answer at the end of a replay: bodies without where they come from. */
    private SortedMap<String, JsonNode> asked(String query, JsonNode end) {
        SortedMap<String, JsonNode> asked = new TreeMap<>();
        String at =
                "?asOf="
                        + end.get("asOf").asString()
                        + "&knownAt=position:"
                        + end.get("logPosition").asLong();
        for (String facet : List.of("class", "location")) {
            int begin = query.indexOf(facet + "=");
            if (begin >= 0) {
                at += "&" + query.substring(begin);
            }
        }
        for (String kind : List.of("asset", "ci")) {
            JsonNode page = server.json("/api/v1/" + kind + "s" + at);
            for (JsonNode item : page.path("items")) {
                ObjectNode content = (ObjectNode) item.deepCopy();
                content.remove(List.of("version", "validFrom", "recordedFrom", "position"));
                asked.put(kind + " " + content.get("id").asString(), content);
            }
        }
        return asked;
    }

    private static String key(JsonNode kind, JsonNode id) {
        return kind.asString() + " " + id.asString();
    }

    private List<JsonNode> all(String query, String... headers) throws IOException {
        String[] ndjson = new String[headers.length + 2];
        System.arraycopy(headers, 0, ndjson, 2, headers.length);
        ndjson[0] = "Accept";
        ndjson[1] = "application/x-ndjson";
        List<JsonNode> lines = new ArrayList<>();
        try (StreamClient client = client(query, ndjson)) {
            if (client.status() == 204) {
                return lines;
            }
            assertThat(client.status()).isEqualTo(200);
            for (String line = client.content(); line != null; line = client.content()) {
                lines.add(MAPPER.readTree(line));
            }
        }
        return lines;
    }

    private StreamClient client(String query, String... headers) throws IOException {
        return StreamClient.open(server.port(), server.token(), REPLAY + query, headers);
    }
}
