package dev.cadastre.standalone.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.people.keys.FilePersonKeys;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.description.ApiExample;
import dev.cadastre.http.description.Fragments;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.badinput.RawHttp;
import dev.cadastre.standalone.badinput.RawHttp.Reply;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Problems that no example can show, because they need more than one request, are as described. */
class ProvokedProblemsTest {

    private static final byte[] NOTHING = {};
    private static final String JSON = "Content-Type: application/json";

    /** Only a fault of ours answers with it; {@code HttpConfigurationTest} has one. */
    private static final Set<String> NEVER = Set.of("internal");

    @TempDir static Path directory;

    private static TestServer server;
    private static RawHttp raw;
    private static DescribedApi api;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory.resolve("server"));
        raw = new RawHttp(server.address(), TestServer.TOKEN);
        api = described(raw);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private interface Provocation {
        void provoke() throws Exception;
    }

    private static Map<String, Provocation> provocations() {
        return Map.of(
                "forbidden", ProvokedProblemsTest::recordAsReader,
                "method-not-allowed", ProvokedProblemsTest::useAnotherMethod,
                "too-large", ProvokedProblemsTest::sendTooLargeBody,
                "request-line-too-long", ProvokedProblemsTest::sendTooLongAddress,
                "headers-too-large", ProvokedProblemsTest::sendTooLargeHeaders,
                "wrong-host", ProvokedProblemsTest::askForAnotherHost,
                "still-running", ProvokedProblemsTest::sendTwiceAtOnce,
                "too-many-requests", ProvokedProblemsTest::openOneReplayTooMany,
                "unavailable", ProvokedProblemsTest::readNameWhoseKeyIsGone);
    }

    @TestFactory
    Stream<DynamicTest> a_problem_is_as_described() {
        return provocations().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), it.getValue()::provoke));
    }

    @Test
    void every_type_is_shown_by_an_example_or_here() {
        Set<String> shown = new TreeSet<>(provocations().keySet());
        ApiExample.all(Fragments.of(Fragments.OPENAPI)).stream()
                .map(ApiExample::problem)
                .filter(Objects::nonNull)
                .forEach(shown::add);
        shown.addAll(NEVER);
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList());
    }

    private static void recordAsReader() throws Exception {
        JsonNode problem =
                assertProblem(
                        "forbidden",
                        "POST /api/v1/assets",
                        raw.send(
                                "POST",
                                "/api/v1/assets",
                                List.of(JSON, "Authorization: Bearer " + server.token(Role.READER)),
                                bytes("{}")));
        assertThat(problem.path("detail").asString()).contains("operator");
    }

    private static void useAnotherMethod() throws Exception {
        Reply reply = raw.send("PUT", "/api/v1/assets", List.of(), NOTHING);

        assertThat(reply.headers().get("allow").split(", ?"))
                .containsExactlyInAnyOrder("GET", "HEAD", "POST");
        assertProblem("method-not-allowed", null, reply);
    }

    private static void sendTooLargeBody() throws Exception {
        assertProblem(
                "too-large",
                "POST /api/v1/assets",
                raw.send("POST", "/api/v1/assets", List.of(JSON), new byte[(1 << 20) + 1]));
    }

    private static void sendTooLongAddress() throws Exception {
        assertProblem(
                "request-line-too-long",
                "GET /api/v1/cis",
                raw.send("GET", "/api/v1/cis?q=" + "x".repeat(17_000), List.of(), NOTHING));
    }

    private static void sendTooLargeHeaders() throws Exception {
        assertProblem(
                "headers-too-large",
                "GET /api/v1/cis",
                raw.send("GET", "/api/v1/cis", List.of("X: " + "x".repeat(33_000)), NOTHING));
    }

    private static void askForAnotherHost() throws Exception {
        assertProblem(
                "wrong-host",
                "GET /api/v1/cis",
                raw.send("GET", "/api/v1/cis", List.of("Host: rebound.example"), NOTHING));
    }

    private static void sendTwiceAtOnce() throws Exception {
        String commands =
                IntStream.range(0, 1_000)
                        .mapToObj(
                                i ->
                                        "{\"method\":\"PUT\",\"path\":\"/api/v1/ci-classes/c"
                                                + i
                                                + "\"}")
                        .collect(Collectors.joining(",", "{\"commands\":[", "]}"));
        for (int attempt = 0; attempt < 100; attempt++) {
            String key = "Idempotency-Key: both-" + attempt;
            for (CompletableFuture<Reply> one :
                    Stream.generate(() -> sending(commands, key)).limit(2).toList()) {
                if (one.join().status() == 409) {
                    assertProblem("still-running", "POST /api/v1/change-sets", one.join());
                    return;
                }
            }
        }
        throw new AssertionError("of no two requests was one told that the other still runs");
    }

    private static CompletableFuture<Reply> sending(String commands, String key) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return raw.send(
                                "POST", "/api/v1/change-sets", List.of(JSON, key), bytes(commands));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static void openOneReplayTooMany() throws Exception {
        for (int i = 0; i < 3; i++) {
            raw.send("POST", "/api/v1/assets", List.of(JSON), bytes("{}"));
        }
        List<InputStream> replays = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest slow =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            server.address()
                                                    + "/api/v1/replay?from=2020-01-01&speed=1"))
                            .header("Authorization", "Bearer " + TestServer.TOKEN)
                            .build();
            try {
                for (int i = 0; i < 16; i++) {
                    HttpResponse<InputStream> opened =
                            http.send(slow, HttpResponse.BodyHandlers.ofInputStream());
                    assertThat(opened.statusCode()).isEqualTo(200);
                    replays.add(opened.body());
                }

                assertProblem(
                        "too-many-requests",
                        "GET /api/v1/replay",
                        raw.send("GET", "/api/v1/replay?from=2020-01-01", List.of(), NOTHING));
            } finally {
                for (InputStream replay : replays) {
                    replay.close();
                }
            }
        }
    }

    private static void readNameWhoseKeyIsGone() throws Exception {
        Path own = directory.resolve("keys");
        String id;
        try (TestServer before = TestServer.start(own)) {
            Reply made =
                    new RawHttp(before.address(), TestServer.TOKEN)
                            .send(
                                    "POST",
                                    "/api/v1/people",
                                    List.of(JSON),
                                    bytes("{\"name\":\"A\"}"));
            id = HttpJson.mapper().readTree(made.body()).path("id").asString();
        }
        Path trust = TestServer.directories(own).trust();
        Files.delete(trust.resolve("people.keys"));
        Files.delete(trust.resolve("people.kek"));
        try (FilePersonKeys others = FilePersonKeys.open(trust, new SecureRandom())) {
            others.keyFor(id);
        }
        try (TestServer after = TestServer.start(own)) {
            assertProblem(
                    "unavailable",
                    "GET /api/v1/people/{id}",
                    new RawHttp(after.address(), TestServer.TOKEN)
                            .send("GET", "/api/v1/people/" + id, List.of(), NOTHING));
        }
    }

    /**
     * @param operation null where the request is of none that is described
     */
    private static JsonNode assertProblem(String slug, String operation, Reply reply) {
        JsonNode problem = HttpJson.mapper().readTree(reply.body());
        assertThat(problem.path("type").asString())
                .as(reply.body())
                .isEqualTo("https://cadastre.dev/problems/" + slug);
        assertThat(problem.path("status").asInt()).isEqualTo(reply.status());
        assertThat(problem.path("detail").asString()).hasSizeBetween(20, 1_000);
        if (operation != null) {
            assertThat(
                            api.faults(
                                    operation,
                                    reply.status(),
                                    reply.headers().get("content-type"),
                                    problem))
                    .isEmpty();
            assertThat(reply.headers().keySet())
                    .containsAll(api.headers(operation, reply.status(), true));
        }
        return problem;
    }

    private static DescribedApi described(RawHttp http) throws Exception {
        return new DescribedApi(
                HttpJson.mapper()
                        .readTree(http.send("GET", "/openapi.json", List.of(), NOTHING).body()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
