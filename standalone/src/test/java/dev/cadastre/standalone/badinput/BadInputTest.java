package dev.cadastre.standalone.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Whatever a caller gets wrong is refused with a problem that says what to do, and leaves no trace.
 */
class BadInputTest {

    private static final byte[] NOTHING = {};
    private static final List<String> INSIDES =
            List.of("java.", "org.", "tools.jackson", "dev.cadastre.", "Exception", "\tat ");

    @TempDir static Path directory;

    private static TestServer server;
    private static RawHttp http;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
        http = new RawHttp(server.address(), TestServer.TOKEN);
        for (String name : List.of("/api/v1/ci-classes/host", "/api/v1/relation-types/runs-on")) {
            send("PUT", name, "{}");
        }
        send("PUT", "/api/v1/ci-classes/host", "{\"attributes\":{\"cores\":\"integer\"}}");
        send(
                "POST",
                "/api/v1/assets",
                "{\"id\":\"asset-1\",\"type\":\"hardware\",\"manufacturer\":\"Acme\","
                        + "\"serialNumber\":\"1\"}");
        send("POST", "/api/v1/cis", "{\"id\":\"ci-2\",\"class\":\"host\"}");
        send(
                "POST",
                "/api/v1/cis",
                "{\"id\":\"ci-1\",\"class\":\"host\",\"relations\":[{\"type\":\"runs-on\",\"to\":\"ci-2\"}]}");
        send(
                "POST",
                "/api/v1/webhooks",
                "{\"id\":\"webhook-1\",\"url\":\"https://receiver.invalid/in\","
                        + "\"filter\":{\"streams\":[\"ci:never\"]}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<BadRequest> queries() {
        return BadQueries.all().stream();
    }

    static Stream<BadRequest> commands() {
        return BadCommands.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void a_query_that_cannot_be_answered_is_refused(BadRequest request) throws Exception {
        assertRefused(request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void a_command_that_cannot_be_taken_is_refused(BadRequest request) throws Exception {
        assertRefused(request);
    }

    static Stream<BadRequest> uploads() {
        return Stream.of(
                        "",
                        "?profile=astrology",
                        "?profile=history&profile=history",
                        "?profile=history&colour=red",
                        "?profile=history&source=",
                        "?profile=history&source=a%00b",
                        "?profile=history&source=" + "x".repeat(201),
                        "?profile=history&dryRun=perhaps",
                        "?profile=history&id=seven")
                .map(
                        parameters ->
                                new BadRequest(
                                        "an import that cannot begin",
                                        "POST",
                                        "/api/v1/imports" + parameters,
                                        List.of(),
                                        BadRequest.utf8("{}"),
                                        400));
    }

    static Stream<BadFiles.BadFile> files() {
        return BadFiles.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uploads")
    void an_import_that_cannot_begin_is_refused(BadRequest request) throws Exception {
        assertRefused(request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void of_a_bad_file_only_whole_changes_are_taken_and_the_rest_is_named(BadFiles.BadFile file)
            throws Exception {
        try (TestServer empty = TestServer.start(directory.resolve("file-" + file.wrong()))) {
            RawHttp its = new RawHttp(empty.address(), TestServer.TOKEN);

            RawHttp.Reply reply =
                    its.send("POST", "/api/v1/imports?profile=history", List.of(), file.bytes());

            assertThat(reply.status()).as(reply.body()).isEqualTo(file.status());
            assertThat(reply.body()).doesNotContain(INSIDES);
            JsonNode answer = HttpJson.mapper().readTree(reply.body());
            JsonNode run = answer.path("run").isObject() ? answer.get("run") : answer;
            JsonNode fault = file.ends() ? run.path("problem") : onlyReject(its, run);
            assertThat(fault.path("detail").asString(""))
                    .as(reply.body())
                    .hasSizeBetween(20, 1_000);
            if (file.fault() > 0) {
                assertThat(fault.path("line").asInt(-1)).as(reply.body()).isEqualTo(file.fault());
            }
            List<String> cis = cis(its, run.path("position").asLong(-1));
            assertThat(cis).isSubsetOf("kept");
            assertThat(run.path("changes").asInt(-1)).isEqualTo(cis.size());
        }
    }

    private static JsonNode onlyReject(RawHttp http, JsonNode run) throws Exception {
        RawHttp.Reply reply =
                http.send(
                        "GET",
                        "/api/v1/imports/" + run.path("id").asString("") + "/rejects",
                        List.of(),
                        NOTHING);
        assertThat(reply.body()).doesNotContain(INSIDES);
        JsonNode rejects = HttpJson.mapper().readTree(reply.body()).path("items");
        assertThat(rejects.size()).as(reply.body()).isEqualTo(1);
        return rejects.get(0);
    }

    private static List<String> cis(RawHttp http, long position) throws Exception {
        RawHttp.Reply reply =
                http.send(
                        "GET",
                        "/api/v1/cis?asOf=2021-01-01",
                        List.of("Min-Log-Position: " + position),
                        NOTHING);
        JsonNode items = HttpJson.mapper().readTree(reply.body()).path("items");
        return items.valueStream().map(item -> item.path("id").asString("")).toList();
    }

    private static void assertRefused(BadRequest request) throws Exception {
        long before = lastPosition();

        RawHttp.Reply reply = http.send(request);

        assertThat(reply.status())
                .as("%s, answered %s", request, reply.body())
                .isEqualTo(request.status());
        assertThat(reply.hasHeader("Content-Type: application/problem+json"))
                .as(reply.head())
                .isTrue();
        JsonNode problem = HttpJson.mapper().readTree(reply.body());
        assertThat(problem.path("type").asString("")).startsWith("https://cadastre.dev/problems/");
        assertThat(problem.path("title").asString("")).isNotEmpty();
        assertThat(problem.path("status").asInt(0)).isEqualTo(request.status());
        assertThat(problem.path("detail").asString("")).hasSizeBetween(20, 1_000);
        assertThat(reply.body()).doesNotContain(INSIDES);
        assertThat(reply.head()).doesNotContain(INSIDES);
        assertThat(lastPosition()).isEqualTo(before);
    }

    /** The end of the log itself, which a position behind it is refused with. */
    private static long lastPosition() throws Exception {
        RawHttp.Reply reply =
                http.send(
                        "GET",
                        "/api/v1/cis?limit=1",
                        List.of("Min-Log-Position: " + Integer.MAX_VALUE),
                        NOTHING);
        return HttpJson.mapper().readTree(reply.body()).get("lastPosition").asLong();
    }

    private static void send(String method, String target, String body) throws Exception {
        RawHttp.Reply reply =
                http.send(method, target, List.of(BadRequest.JSON), BadRequest.utf8(body));
        assertThat(reply.status()).as(reply.body()).isBetween(200, 201);
    }
}
