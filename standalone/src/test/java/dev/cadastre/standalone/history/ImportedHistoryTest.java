package dev.cadastre.standalone.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.client.ApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Years of a real estate's history: what is answered over HTTP is exactly what was true then. */
class ImportedHistoryTest {

    @TempDir static Path directory;

    private static HistoryFolder history;
    private static TestServer server;
    private static ApiClient client;
    private static JsonNode run;

    @BeforeAll
    static void importHistory() throws IOException {
        history = HistoryFolder.shared();
        start();
        run =
                client.postJson(
                        "/api/v1/imports?profile=history&source=osg",
                        BodyPublishers.ofFile(history.events()),
                        "application/gzip");
        client.awaitPosition(run.get("position").asLong());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static void start() {
        server = TestServer.start(directory);
        client = new ApiClient(server.address(), TestServer.TOKEN);
    }

    @Test
    void the_state_at_every_known_instant_is_the_expected_one() {
        assertThat(run.get("state").asString()).isEqualTo("completed");
        assertThat(run.get("rejected").asInt()).isZero();

        int status =
                new CommandLine(new CheckHistoryCommand())
                        .execute(
                                history.path().toString(),
                                "--url",
                                server.address().toString(),
                                "--token",
                                TestServer.TOKEN);

        assertThat(status).isZero();
    }

    @Test
    void the_timeline_of_every_ci_has_exactly_its_events() throws IOException {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (JsonNode line : history.lines()) {
            expected.computeIfAbsent(line.get("ci").asString(), _ -> new ArrayList<>())
                    .add(SpokenFacts.ofLine(line));
        }
        for (var ci : expected.entrySet()) {
            assertThat(
                            lines(
                                    "/api/v1/cis/"
                                            + ApiClient.encoded(ci.getKey())
                                            + "/timeline?inbound=false"))
                    .as(ci.getKey())
                    .extracting(SpokenFacts::ofEntry)
                    .isEqualTo(ci.getValue());
        }
    }

    @Test
    void the_diff_of_neighbouring_instants_is_the_difference_of_the_expected_states()
            throws IOException {
        List<String> instants = history.instants();
        List<Map<String, JsonNode>> states = states(instants.size());
        for (int n = 1; n < instants.size(); n++) {
            Map<String, JsonNode> before = states.get(n - 1);
            Map<String, JsonNode> after = states.get(n);
            List<String> expected = new ArrayList<>();
            TreeSet<String> cis = new TreeSet<>(before.keySet());
            cis.addAll(after.keySet());
            for (String ci : cis) {
                String difference = SpokenFacts.difference(ci, before.get(ci), after.get(ci));
                if (difference != null) {
                    expected.add(difference);
                }
            }
            assertThat(
                            lines(
                                    "/api/v1/diff?kind=ci&from="
                                            + instants.get(n - 1)
                                            + "&to="
                                            + instants.get(n)))
                    .as("from instant %s to %s", n - 1, n)
                    .extracting(SpokenFacts::ofDifference)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static List<Map<String, JsonNode>> states(int instants) throws IOException {
        List<Map<String, JsonNode>> states =
                Stream.generate(() -> (Map<String, JsonNode>) new TreeMap<String, JsonNode>())
                        .limit(instants)
                        .toList();
        for (JsonNode version : history.expectedVersions()) {
            for (int n = version.get("from").asInt(); n <= version.get("to").asInt(); n++) {
                states.get(n).put(version.get("ci").asString(), version);
            }
        }
        return states;
    }

    @Test
    void before_the_import_nothing_was_known() throws IOException {
        for (String instant : history.instants()) {
            for (String before : List.of("2018-01-01", "position:-1")) {
                String at = "asOf=" + instant + "&knownAt=" + before;
                assertThat(lines("/api/v1/cis?" + at)).isEmpty();
                assertThat(client.getJson("/api/v1/counts?kind=ci&" + at).get("total").asInt())
                        .isZero();
            }
        }
    }

    @Test
    void a_second_run_adds_nothing_but_its_own_record() throws IOException {
        long before = run.get("position").asLong();

        JsonNode again =
                client.postJson(
                        "/api/v1/imports?profile=history&source=osg",
                        BodyPublishers.ofFile(history.events()),
                        "application/gzip");

        assertThat(again.get("changes").asInt()).isZero();
        assertThat(again.get("skipped").asInt()).isEqualTo(run.get("changes").asInt());
        assertThat(again.get("position").asLong()).isEqualTo(before + 2);
    }

    @Test
    void what_is_rebuilt_from_the_log_answers_the_same_byte_for_byte() throws Exception {
        List<String> before = answers();
        server.close();
        start();
        assertThat(answers()).as("after a restart").isEqualTo(before);

        server.close();
        List<String> projections = List.of("versions.sqlite", "index.image");
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            for (Path file : files.toList()) {
                if (projections.stream().anyMatch(file.getFileName().toString()::startsWith)) {
                    Files.delete(file);
                }
            }
        }
        start();
        assertThat(answers()).as("after the projections were deleted").isEqualTo(before);
    }

    /** Answers of every kind at several fixed coordinates: tags, coordinates, and a body's hash. */
    private static List<String> answers() throws IOException {
        long last = run.get("position").asLong();
        List<String> instants = history.instants();
        List<String> answers = new ArrayList<>();
        String ci =
                "/api/v1/cis/" + ApiClient.encoded(history.lines().getFirst().get("ci").asString());
        for (int n : new int[] {1, instants.size() / 2, instants.size() - 1}) {
            for (long position : new long[] {last / 2, last}) {
                String at = "asOf=" + instants.get(n) + "&knownAt=position:" + position;
                for (String form :
                        List.of("application/x-ndjson", "text/csv", "application/json")) {
                    answers.add(answer("/api/v1/cis?" + at, form));
                    answers.add(answer("/api/v1/cis?sort=-class,id&" + at, form));
                    answers.add(answer("/api/v1/assets?" + at, form));
                    answers.add(answer("/api/v1/counts?kind=ci&by=class&" + at, form));
                    answers.add(answer(ci + "/timeline?" + at, form));
                    answers.add(answer(ci + "/impact?" + at, form));
                }
                answers.add(answer(ci + "?" + at, "application/json"));
                answers.add(
                        answer(ci + "/versions/0?knownAt=position:" + last, "application/json"));
            }
        }
        answers.add(
                answer(
                        "/api/v1/diff?kind=ci&from=2019-01-01&to=2021-01-01&knownAt=position:"
                                + last,
                        "application/x-ndjson"));
        return answers;
    }

    private static String answer(String path, String accept) throws IOException {
        HttpResponse<InputStream> answer =
                client.send(client.request(path).header("Accept", accept).GET().build());
        StringBuilder text = new StringBuilder(path).append(" as ").append(accept).append(':');
        for (String header : List.of("ETag", "As-Of", "Known-At", "Log-Position", "Content-Type")) {
            text.append(' ').append(answer.headers().firstValue(header).orElse("-"));
        }
        try (InputStream body = answer.body()) {
            text.append(' ').append(CiHash.hex(CiHash.sha256().digest(body.readAllBytes())));
        }
        return text.toString();
    }

    private static List<JsonNode> lines(String path) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                client.getStream(path, "application/x-ndjson"),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                nodes.add(HttpJson.mapper().readTree(line));
            }
        }
        return nodes;
    }
}
