package dev.cadastre.standalone.client;

import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Talks to a running server; what it refuses becomes a {@link CommandRefused}. */
public final class ApiClient {

    private static final int MOST_OF_A_REFUSAL = 64 * 1024;

    private final URI url;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    public ApiClient(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /** One segment of a path, or the value of a query parameter, percent-encoded. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Begins a request with the token to a path that starts with a slash. */
    public HttpRequest.Builder request(String path) {
        String base = url.toString();
        return HttpRequest.newBuilder(
                        URI.create(
                                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                                        + path))
                .header("Authorization", "Bearer " + token);
    }

    public JsonNode getJson(String path) {
        return json(request(path).header("Accept", "application/json").GET().build());
    }

    public JsonNode postJson(String path, BodyPublisher body, String contentType) {
        return json(request(path).header("Content-Type", contentType).POST(body).build());
    }

    /** Opens a streamed answer; the caller closes it. */
    public InputStream getStream(String path, String accept) {
        return send(request(path).header("Accept", accept).GET().build()).body();
    }

    /** Returns when queries see everything up to the position. */
    public void awaitPosition(long position) {
        json(
                request("/api/v1/cis?limit=1")
                        .header("Accept", "application/json")
                        .header("Min-Log-Position", Long.toString(position))
                        .GET()
                        .build());
    }

    /** Sends a request that is answered with JSON. */
    public JsonNode json(HttpRequest request) {
        try (InputStream body = send(request).body()) {
            return HttpJson.mapper().readTree(body);
        } catch (IOException | JacksonException e) {
            throw new CommandRefused("The server's answer broke off: " + e.getMessage(), e);
        }
    }

    /** Sends a request; returns only what the server accepted. */
    public HttpResponse<InputStream> send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() >= 400) {
                throw refusal(response);
            }
            return response;
        } catch (IOException e) {
            throw new CommandRefused(
                    "No server answers at "
                            + url
                            + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")")
                            + ". Start one with \"cadastre serve\", or name another with --url.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandRefused("Interrupted.", e);
        }
    }

    private static CommandRefused refusal(HttpResponse<InputStream> response) throws IOException {
        byte[] body;
        try (InputStream stream = response.body()) {
            body = stream.readNBytes(MOST_OF_A_REFUSAL);
        }
        String status = "The server refused (" + response.statusCode() + "): ";
        try {
            JsonNode problem = HttpJson.mapper().readTree(body);
            JsonNode pointer = problem.path("pointer");
            return new CommandRefused(
                    status
                            + problem.path("detail").asString(problem.path("title").asString(""))
                            + (pointer.isString() ? " [" + pointer.asString() + "]" : ""));
        } catch (JacksonException e) {
            return new CommandRefused(status + new String(body, StandardCharsets.UTF_8), e);
        }
    }
}
