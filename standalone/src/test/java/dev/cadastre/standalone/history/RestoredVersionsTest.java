package dev.cadastre.standalone.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.client.ApiClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Both sides number the versions of a CI by themselves. Whatever happened to it, late and taken
 * back, each number that queries answer is the version that a restoration brings back.
 */
class RestoredVersionsTest {

    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final int DAYS = 8;
    private static final int COMMANDS = 24;
    private static final List<String> CONTENT =
            List.of("class", "name", "lifecycle", "asset", "attributes", "relations");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path directory;

    private static TestServer server;
    private static ApiClient client;

    /** Position of the last command recorded. */
    private static long last;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
        client = new ApiClient(server.address(), TestServer.TOKEN);
        send("PUT", "/api/v1/ci-classes/server", "{}", null);
        send("PUT", "/api/v1/relation-types/runsOn", "{\"inverse\":\"runs\"}", null);
        send(
                "POST",
                "/api/v1/cis",
                "{\"id\":\"host\",\"class\":\"server\"}",
                BEGIN.minusSeconds(1).toString());
    }

    @AfterAll
    static void stop() {
        server.close();
        HTTP.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void a_number_means_the_same_version_to_a_query_and_to_a_restoration(long seed) {
        Random random = new Random(seed);
        String ci = "/api/v1/cis/ci-" + seed;
        send(
                "POST",
                "/api/v1/cis",
                "{\"id\":\"ci-" + seed + "\",\"class\":\"server\"}",
                BEGIN.plusSeconds(86_400L * (seed % DAYS)).toString());
        for (int i = 0; i < COMMANDS; i++) {
            randomCommand(random, ci, seed);
        }
        client.awaitPosition(last);

        List<JsonNode> versions = versions(ci);
        for (int number = 0; number < versions.size(); number++) {
            check(ci, number, versions.get(number));
        }
        assertThat(restore(ci, versions(ci).size())).isEqualTo(400);
    }

    private static void check(String ci, int number, JsonNode version) {
        // Something else first, so that the restoration changes something.
        send("DELETE", ci, null, null);
        int status = restore(ci, number);
        if (!version.path("present").asBoolean(true)) {
            assertThat(status).as("%s version %s", ci, number).isEqualTo(400);
            return;
        }
        assertThat(status).as("%s version %s", ci, number).isEqualTo(200);
        JsonNode entry =
                client.getJson(ci + "/timeline?sort=-recordedAt&limit=1").get("items").get(0);
        assertThat(entry.get("type").asString()).isEqualTo("ci.restored");
        JsonNode named = entry.get("restores");
        assertThat(named.get("version").asInt()).isEqualTo(number);
        assertThat(named.get("validFrom")).isEqualTo(version.get("validFrom"));
        assertThat(named.get("position")).isEqualTo(version.get("position"));
        JsonNode now = client.getJson(ci);
        for (String member : CONTENT) {
            assertThat(now.get(member)).as(member).isEqualTo(version.get(member));
        }
    }

    private static List<JsonNode> versions(String ci) {
        List<JsonNode> versions = new ArrayList<>();
        while (true) {
            HttpResponse<byte[]> answer =
                    send("GET", ci + "/versions/" + versions.size(), null, null);
            if (answer.statusCode() == 404) {
                return versions;
            }
            versions.add(body(answer));
        }
    }

    /** Sends a command; the rules refuse many. */
    private static void randomCommand(Random random, String ci, long seed) {
        String at =
                random.nextInt(5) == 0
                        ? null
                        : BEGIN.plusSeconds(86_400L * random.nextInt(DAYS)).toString();
        String name = "\"name\":\"name-" + random.nextInt(3) + "\"";
        String attributes = "\"attributes\":{\"x\":" + random.nextInt(2) + "}";
        HttpResponse<byte[]> answer =
                switch (random.nextInt(9)) {
                    case 0 ->
                            send(
                                    "POST",
                                    "/api/v1/cis",
                                    "{\"id\":\"ci-"
                                            + seed
                                            + "\",\"class\":\"server\","
                                            + name
                                            + "}",
                                    at);
                    case 1 -> send("PATCH", ci, "{" + name + "," + attributes + "}", at);
                    case 2 -> send("PATCH", ci, "{" + attributes + "}", at);
                    case 3 -> send("PUT", ci + "/relations/runsOn/host", null, at);
                    case 4 -> send("DELETE", ci + "/relations/runsOn/host", null, at);
                    case 5 -> send("DELETE", ci, null, at);
                    case 6 ->
                            send(
                                    "POST",
                                    ci + "/lifecycle",
                                    "{\"stage\":\"Operational\",\"status\":\"In Use\"}",
                                    at);
                    case 7 ->
                            send(
                                    "POST",
                                    ci + "/corrections",
                                    "{\"retract\":[" + random.nextInt(6) + "]}",
                                    null);
                    default ->
                            send(
                                    "POST",
                                    ci + "/restoration",
                                    "{\"version\":" + random.nextInt(4) + "}",
                                    at);
                };
        assertThat(answer.statusCode()).isLessThan(500);
        if (answer.statusCode() < 300) {
            last = Math.max(last, body(answer).get("position").asLong(-1));
        }
    }

    private static int restore(String ci, int version) {
        HttpResponse<byte[]> answer =
                send("POST", ci + "/restoration", "{\"version\":" + version + "}", null);
        if (answer.statusCode() == 200) {
            client.awaitPosition(body(answer).get("position").asLong());
        }
        return answer.statusCode();
    }

    private static HttpResponse<byte[]> send(
            String method, String path, @Nullable String body, @Nullable String effectiveAt) {
        var request =
                client.request(path)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (effectiveAt != null) {
            request.header("Effective-At", effectiveAt);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode body(HttpResponse<byte[]> answer) {
        return HttpJson.mapper().readTree(answer.body());
    }
}
