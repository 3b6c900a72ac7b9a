package dev.cadastre.standalone.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Error;
import dev.cadastre.http.description.ApiExample;
import dev.cadastre.http.description.Fragments;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.json.JsonParts;
import dev.cadastre.standalone.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every operation is described, and does what its description and its examples say. */
class DescribedOperationsTest {

    /** What every answer has, and HTTP itself explains. */
    private static final Set<String> OF_HTTP =
            Set.of(
                    ":status",
                    "connection",
                    "content-length",
                    "content-type",
                    "date",
                    "transfer-encoding",
                    "x-content-type-options",
                    "x-frame-options");

    @TempDir static Path directory;

    private static TestServer server;
    private static HttpClient http;
    private static ObjectNode fragments;
    private static DescribedApi api;
    private static ExampleClient examples;

    @BeforeAll
    static void start() throws Exception {
        fragments = Fragments.of(Fragments.OPENAPI);
        server = TestServer.start(directory);
        http = HttpClient.newHttpClient();
        examples = new ExampleClient(server.address());
        HttpResponse<String> document =
                http.send(
                        HttpRequest.newBuilder(server.address().resolve("/openapi.json")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(document.statusCode()).as(document.body()).isEqualTo(200);
        api = new DescribedApi(HttpJson.mapper().readTree(document.body()));
        for (ApiExample given : ApiExample.given(fragments)) {
            if (given.answer() == null) {
                examples.prepare(given);
            } else {
                await().untilAsserted(() -> examples.prepare(given));
            }
        }
    }

    @AfterAll
    static void stop() {
        examples.close();
        http.close();
        server.close();
    }

    @Test
    void what_is_served_is_described_and_what_is_described_is_served() {
        assertThat(api.operations()).isEqualTo(server.operations());
    }

    @Test
    void every_operation_has_an_example_that_succeeds() {
        SortedSet<String> shown = new TreeSet<>();
        for (ApiExample example : ApiExample.all(fragments)) {
            if (example.problem() == null) {
                shown.add(ExampleClient.operation(example));
            }
        }
        assertThat(shown).isEqualTo(api.operations());
    }

    @TestFactory
    Stream<DynamicTest> an_example_is_answered_as_described() {
        return ApiExample.all(fragments).stream()
                .map(
                        example ->
                                DynamicTest.dynamicTest(
                                        ExampleClient.operation(example) + " " + example.name(),
                                        () -> check(example)));
    }

    @TestFactory
    Stream<DynamicTest> an_unknown_parameter_is_refused_with_those_described() {
        return api.operations().stream()
                .filter(operation -> operation.contains("/api/"))
                .map(
                        operation ->
                                DynamicTest.dynamicTest(
                                        operation, () -> checkParameters(operation)));
    }

    private static void checkParameters(String operation) throws Exception {
        String[] parts = operation.split(" ", 2);
        String path = parts[1].replaceAll("\\{[^}]*}", "x");
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                server.address() + path + "?no-such-parameter=1"))
                                .header("Authorization", "Bearer " + TestServer.TOKEN)
                                .method(
                                        parts[0],
                                        parts[0].equals("GET")
                                                ? HttpRequest.BodyPublishers.noBody()
                                                : HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode problem = HttpJson.mapper().readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(problem.path("parameter").asString()).isEqualTo("no-such-parameter");
        SortedSet<String> known = new TreeSet<>();
        problem.required("known").forEach(name -> known.add(name.asString()));
        assertThat(api.parameters(operation, "query")).isEqualTo(known);
    }

    private static void check(ApiExample example) throws Exception {
        HttpResponse<String> answer = examples.send(example);
        String operation = ExampleClient.operation(example);
        String said = answer.statusCode() + " " + answer.body();
        if (example.problem() == null) {
            assertThat(answer.statusCode()).as(said).isEqualTo(example.status());
        } else {
            assertThat(said).contains("https://cadastre.dev/problems/" + example.problem() + "\"");
        }
        assertThat(api.response(operation, answer.statusCode()).isObject())
                .as("%s describes %s", operation, said)
                .isTrue();
        checkHeaders(operation, answer);
        examples.remember(example, answer);
        JsonNode body = json(answer);
        if (body != null) {
            List<Error> faults = api.faults(operation, answer, body);
            assertThat(faults).as(said).isEmpty();
            if (example.answer() != null) {
                JsonParts.assertIsPart(
                        "",
                        HttpJson.mapper().readTree(examples.real(example.answer().toString())),
                        body);
            }
        }
        if (example.method().equals("GET") && answer.statusCode() == 200) {
            Conditions.check(examples, example, answer);
        }
    }

    private static void checkHeaders(String operation, HttpResponse<String> answer) {
        Set<String> sent = new LinkedHashSet<>();
        answer.headers().map().keySet().forEach(name -> sent.add(name.toLowerCase(Locale.ROOT)));
        sent.removeAll(OF_HTTP);
        assertThat(api.headers(operation, answer.statusCode(), false))
                .as("the headers described of %s", answer.statusCode())
                .containsAll(sent);
        assertThat(sent).containsAll(api.headers(operation, answer.statusCode(), true));
    }

    private static @Nullable JsonNode json(HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/json") || type.startsWith("application/problem+json")
                ? HttpJson.mapper().readTree(answer.body())
                : null;
    }
}
