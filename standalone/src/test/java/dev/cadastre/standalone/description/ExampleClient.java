package dev.cadastre.standalone.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.description.ApiExample;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.json.JsonParts;
import dev.cadastre.standalone.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sends the description's examples, one after another; each sees what those before it recorded. */
final class ExampleClient implements AutoCloseable {

    private static final String OWN_WRITES = "Min-Log-Position";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private long position = -1;

    ExampleClient(URI server) {
        this.server = server;
    }

    /** The operation that an example is of, as {@code GET /api/v1/cis/{id}}. */
    static String operation(ApiExample example) {
        return example.method() + " " + example.template();
    }

    /** Sends what comes before the examples, which must succeed. */
    void prepare(ApiExample given) throws Exception {
        HttpResponse<String> answer = send(given);
        assertThat(answer.statusCode())
                .as("%s %s: %s", given.method(), given.address(), answer.body())
                .isBetween(200, 299);
        if (given.answer() != null) {
            JsonParts.assertIsPart(
                    given.address(), given.answer(), HttpJson.mapper().readTree(answer.body()));
        }
        remember(given, answer);
    }

    HttpResponse<String> send(ApiExample example) throws Exception {
        return send(example, Map.of());
    }

    /** Sends an example with further headers. */
    HttpResponse<String> send(ApiExample example, Map<String, String> further) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + real(example.address())))
                        .timeout(Duration.ofSeconds(30));
        if (!example.headers().containsKey("Authorization")) {
            request.header("Authorization", "Bearer " + TestServer.TOKEN);
        }
        example.headers().forEach((name, value) -> request.header(name, real(value)));
        further.forEach(request::header);
        if (example.method().equals("GET") && !example.headers().containsKey(OWN_WRITES)) {
            request.header(OWN_WRITES, Long.toString(position));
        }
        JsonNode body = example.body();
        if (body != null && !example.headers().containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                example.method(),
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(
                                real(body.isString() ? body.asString() : body.toString())));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw new AssertionError(operation(example) + " " + example.name() + " hangs", e);
        }
    }

    void remember(ApiExample example, HttpResponse<String> answer) {
        if (!example.method().equals("GET")) {
            position = answer.headers().firstValueAsLong("Log-Position").orElse(position);
        }
        if (example.answersId() != null) {
            JsonNode answered = HttpJson.mapper().readTree(answer.body());
            ids.put(example.answersId(), answered.required("id").asString());
        }
    }

    /** The text with the ids that the server made up. */
    String real(String text) {
        String real = text;
        for (var id : ids.entrySet()) {
            real = real.replace(id.getKey(), id.getValue());
        }
        return real;
    }

    @Override
    public void close() {
        http.close();
    }
}
