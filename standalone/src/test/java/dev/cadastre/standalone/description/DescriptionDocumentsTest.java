package dev.cadastre.standalone.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.standalone.TestServer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The documents are what their formats ask for, and everybody may read them. */
class DescriptionDocumentsTest {

    private static final Pattern LINK =
            Pattern.compile(
                    "<([^>]+)>; rel=\"(?:service-desc|service-doc|status)\"; type=\"([^\"]+)\"");

    @TempDir static Path directory;

    private static TestServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    @Test
    void the_openapi_document_is_one_by_the_schema_of_openapi() throws Exception {
        assertThat(official("openapi-3.1.json").validate(json("/openapi.json"))).isEmpty();
    }

    @Test
    void the_asyncapi_document_is_one_by_the_schema_of_asyncapi() throws Exception {
        assertThat(official("asyncapi-3.0.0.json").validate(json("/asyncapi.json"))).isEmpty();
    }

    @Test
    void every_schema_in_the_openapi_document_is_one() throws Exception {
        Schema draft =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        List<Error> faults = new ArrayList<>();
        for (JsonNode schema : json("/openapi.json").findValues("schema")) {
            faults.addAll(draft.validate(schema));
        }
        for (JsonNode schema : json("/openapi.json").at("/components/schemas")) {
            faults.addAll(draft.validate(schema));
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/asyncapi.json"})
    void whatever_is_referred_to_is_there_and_whatever_is_there_is_referred_to(String path)
            throws Exception {
        JsonNode document = json(path);
        Set<String> referred = new HashSet<>();
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asString().substring(1)).isMissingNode())
                    .as(reference.asString())
                    .isFalse();
            referred.add(reference.asString());
        }
        for (String kind : List.of("schemas", "headers", "messages")) {
            for (String name : document.path("components").path(kind).propertyNames()) {
                if (!name.startsWith("problem-")) {
                    assertThat(referred).contains("#/components/" + kind + "/" + name);
                }
            }
        }
    }

    @Test
    void no_operation_describes_a_parameter_twice() throws Exception {
        JsonNode document = json("/openapi.json");
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                assertThat(operation.path("parameters").valueStream())
                        .extracting(
                                parameter ->
                                        parameter.has("$ref")
                                                ? document.at(
                                                        parameter
                                                                .get("$ref")
                                                                .asString()
                                                                .substring(1))
                                                : parameter)
                        .extracting(
                                parameter -> parameter.path("in").asString(),
                                parameter -> parameter.path("name").asString())
                        .as(operation.path("operationId").asString())
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void every_type_of_problem_is_described() throws Exception {
        JsonNode schemas = json("/openapi.json").at("/components/schemas");
        assertThat(Arrays.stream(ProblemType.values()).map(type -> "problem-" + type.slug()))
                .allMatch(schemas::has);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi.json", "/asyncapi.json", "/docs", "/docs/streams"})
    void anybody_may_read_and_nobody_write(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "Accept", "*/*");
        assertThat(answer.statusCode()).isEqualTo(200);
        String tag = answer.headers().firstValue("ETag").orElseThrow();

        assertThat(send("HEAD", path, "Accept", "*/*").headers().firstValue("ETag")).hasValue(tag);
        HttpResponse<String> again = send("GET", path, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("POST", path, "Accept", "*/*").statusCode()).isEqualTo(401);
        assertThat(send("DELETE", path, "Authorization", "Bearer " + TestServer.TOKEN).statusCode())
                .isEqualTo(405);
    }

    @Test
    void a_slash_behind_the_address_of_the_page_leads_to_it() throws Exception {
        HttpResponse<String> answer = send("GET", "/docs/", "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(308);
        URI target = answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
        assertThat(target).hasPath("/docs");
        assertThat(send("GET", target.getPath(), "Accept", "text/html").statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/docs/", "Accept", "*/*").statusCode()).isEqualTo(401);
    }

    @Test
    void the_root_leads_to_what_describes_the_server() throws Exception {
        String links = send("GET", "/", "Accept", "*/*").headers().firstValue("Link").orElseThrow();
        List<MatchResult> found = LINK.matcher(links).results().toList();
        assertThat(found).hasSameSizeAs(links.split(", "));
        for (MatchResult link : found) {
            HttpResponse<String> answer = send("GET", link.group(1), "Accept", link.group(2));
            assertThat(answer.statusCode()).as(link.group()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(link.group(2));
        }
    }

    private static Schema official(String file) throws Exception {
        try (InputStream in =
                DescriptionDocumentsTest.class.getResourceAsStream("/schemas/" + file)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        }
    }

    private static JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "Accept", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return HttpJson.mapper().readTree(answer.body());
    }

    private static HttpResponse<String> send(
            String method, String path, String header, String value) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header(header, value)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
