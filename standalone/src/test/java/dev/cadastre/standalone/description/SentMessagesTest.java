package dev.cadastre.standalone.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpServer;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What streams and webhooks send is what the documents say of it. */
class SentMessagesTest {

    private static final String OPENAPI = "https://cadastre.example/openapi.json";
    private static final String ASYNCAPI = "https://cadastre.example/asyncapi.json";
    private static final String IMPORT = "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b";

    @TempDir static Path directory;

    private static TestServer server;
    private static HttpClient http;
    private static JsonNode openApi;
    private static JsonNode asyncApi;
    private static SchemaRegistry schemas;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.startSendingHere(directory);
        http = HttpClient.newHttpClient();
        openApi = HttpJson.mapper().readTree(send("GET", "/openapi.json", ""));
        asyncApi = HttpJson.mapper().readTree(send("GET", "/asyncapi.json", ""));
        schemas =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemas(
                                        Map.of(
                                                OPENAPI,
                                                openApi.toString(),
                                                ASYNCAPI,
                                                asyncApi.toString())));
        send("PUT", "/api/v1/ci-classes/server", "{}");
        send("PUT", "/api/v1/relation-types/runsOn", "{}");
        send("POST", "/api/v1/people", "{\"name\":\"Ada\"}");
        send(
                "POST",
                "/api/v1/assets",
                "{\"id\":\"A-1\",\"state\":\"In stock\",\"substate\":\"Available\"}");
        send("POST", "/api/v1/assets/A-1/transitions", "{\"state\":\"In use\"}");
        send("POST", "/api/v1/cis", "{\"id\":\"web-1\",\"class\":\"server\"}");
        send(
                "POST",
                "/api/v1/cis",
                "{\"id\":\"web-2\",\"class\":\"server\","
                        + "\"relations\":[{\"type\":\"runsOn\",\"to\":\"web-1\"}]}");
        send("PATCH", "/api/v1/cis/web-1", "{\"attributes\":{\"cores\":8}}");
        send("DELETE", "/api/v1/cis/web-2/relations/runsOn/web-1", "");
        send("POST", "/api/v1/cis/web-1/corrections", "{\"retract\":[1]}");
        send("DELETE", "/api/v1/cis/web-2", "");
        send("POST", "/api/v1/snapshots", "{\"name\":\"Now\"}");
        send("POST", "/api/v1/imports?profile=history&id=" + IMPORT, "");
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    @Test
    void every_stream_is_a_channel() {
        TreeSet<String> streams = new TreeSet<>();
        for (var path : openApi.path("paths").properties()) {
            JsonNode content = path.getValue().at("/get/responses/200/content");
            if (content.has("text/event-stream")) {
                streams.add(path.getKey());
            }
        }
        TreeSet<String> channels = new TreeSet<>();
        for (JsonNode channel : asyncApi.path("channels")) {
            if (!channel.path("address").isNull()) {
                channels.add(channel.path("address").asString());
            }
        }
        assertThat(channels).isEqualTo(streams);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events?follow=false",
                "/api/v1/events?follow=false&kind=ci",
                "/api/v1/live?view=cis&follow=false",
                "/api/v1/live?view=counts&kind=asset&by=state&follow=false",
                "/api/v1/live?view=diff&from=2020-01-01&follow=false",
                "/api/v1/live?view=impact&id=web-1&follow=false",
                "/api/v1/replay?from=2020-01-01",
                "/api/v1/replay?axis=recorded&from=position:4"
            })
    void what_a_stream_sends_is_described(String address) throws Exception {
        List<String> lines =
                stream(address, "application/x-ndjson").filter(line -> !line.isEmpty()).toList();

        assertThat(lines).isNotEmpty();
        lines.forEach(line -> assertDescribed(address.substring(0, address.indexOf('?')), line));
    }

    @Test
    void what_is_sent_of_an_import_is_described() throws Exception {
        List<String> data =
                stream("/api/v1/imports/" + IMPORT + "/progress", "text/event-stream")
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring("data:".length()))
                        .toList();

        assertThat(data).isNotEmpty();
        data.forEach(line -> assertDescribed("/api/v1/imports/{id}/progress", line));
    }

    @Test
    void what_is_delivered_is_described_in_both_documents() throws Exception {
        record Delivery(JsonNode headers, String body) {}
        BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();
        HttpServer receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    ObjectNode headers = HttpJson.mapper().createObjectNode();
                    exchange.getRequestHeaders()
                            .forEach(
                                    (name, values) ->
                                            headers.put(
                                                    name.toLowerCase(Locale.ROOT),
                                                    values.getFirst()));
                    delivered.add(
                            new Delivery(
                                    headers,
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8)));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        receiver.start();
        try {
            String made =
                    send(
                            "POST",
                            "/api/v1/webhooks",
                            "{\"url\":\"http://127.0.0.1:"
                                    + receiver.getAddress().getPort()
                                    + "/\",\"after\":-1}");
            long last = HttpJson.mapper().readTree(made).path("position").asLong();
            for (long position = 0; position <= last; position++) {
                Delivery delivery = delivered.poll(30, TimeUnit.SECONDS);
                assertThat(delivery).as("position %s", position).isNotNull();
                JsonNode body = HttpJson.mapper().readTree(delivery.body());
                assertThat(body.path("position").asLong()).isEqualTo(position);
                assertThat(schema(OPENAPI + "#/components/schemas/DeliveredEvent").validate(body))
                        .as(delivery.body())
                        .isEmpty();
                String message = ASYNCAPI + "#/components/messages/delivery";
                assertThat(schema(message + "/payload").validate(body))
                        .as(delivery.body())
                        .isEmpty();
                assertThat(schema(message + "/headers").validate(delivery.headers()))
                        .as("%s", delivery.headers())
                        .isEmpty();
                for (JsonNode parameter : openApi.at("/webhooks/event/post/parameters")) {
                    assertThat(
                                    delivery.headers()
                                            .path(parameter.path("name").asString())
                                            .asString())
                            .matches(parameter.at("/schema/pattern").asString(".+"));
                }
            }
        } finally {
            receiver.stop(0);
        }
    }

    /** The message satisfies the schema of one of those that the channel sends. */
    private static void assertDescribed(String address, String message) {
        JsonNode json = HttpJson.mapper().readTree(message);
        List<List<Error>> faults = new ArrayList<>();
        for (var channel : asyncApi.path("channels").properties()) {
            if (channel.getValue().path("address").asString("").equals(address)) {
                for (JsonNode one : channel.getValue().path("messages")) {
                    faults.add(
                            schema(ASYNCAPI + one.path("$ref").asString() + "/payload")
                                    .validate(json));
                }
            }
        }
        assertThat(faults).as(message).anyMatch(List::isEmpty);
    }

    private static Schema schema(String location) {
        return schemas.getSchema(SchemaLocation.of(location));
    }

    private static Stream<String> stream(String address, String type) throws Exception {
        return http.send(
                        request(address).header("Accept", type).build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(server.address() + address))
                .header("Authorization", "Bearer " + TestServer.TOKEN);
    }

    private static String send(String method, String address, String body) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        request(address)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", address, answer.body()).isBetween(200, 299);
        return answer.body();
    }
}
