package dev.cadastre.standalone.client;

import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Talks to a running server; what it refuses, and what keeps it from answering, becomes a {@link
 * CommandRefused}.
 */
public final class ApiClient {

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private final URI url;
    private final String base;
    private final String token;
    private final @Nullable Duration patience;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECTING)
                    .build();

    /** A client that waits for answers as long as they take. */
    public ApiClient(URI url, String token) {
        this(url, token, null);
    }

    /**
     * @param patience how long the server may take to begin an answer; null for as long as it takes
     */
    public ApiClient(URI url, String token, @Nullable Duration patience) {
        this.url = url;
        this.base = url.toString().replaceFirst("/+$", "");
        this.token = token;
        this.patience = patience;
    }

    /** One segment of a path, or the value of a query parameter, percent-encoded. */
    public static String encoded(String text) {
        return ApiPath.encoded(text);
    }

    /** Begins a request with the token to a path that starts with a slash. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
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
        return open(new ApiPath(path), accept).body();
    }

    /** Opens an answer; its body comes as it is read, and the caller closes it. */
    public HttpResponse<InputStream> open(ApiPath path, String accept) {
        return send(request(path.text()).header("Accept", accept).GET().build());
    }

    private static HttpRequest.Builder with(
            Map<String, String> headers, HttpRequest.Builder request) {
        headers.forEach(
                (name, value) -> {
                    try {
                        request.header(name, value);
                    } catch (IllegalArgumentException e) {
                        throw new CommandRefused(
                                name + " cannot be sent: it has characters beyond ASCII.", e);
                    }
                });
        return request;
    }

    /** Sends a command as JSON, with further headers by their names. */
    public JsonNode command(ApiPath path, JsonNode body, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path.text())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()));
        return json(with(headers, request).build());
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
        return json(send(request));
    }

    /** Reads an answer that is JSON to its end, and closes it. */
    public static JsonNode json(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return HttpJson.mapper().readTree(body);
        } catch (IOException | JacksonException e) {
            throw brokeOff(e);
        }
    }

    /** An answer that began and does not reach its end. */
    public static CommandRefused brokeOff(Exception failure) {
        return new CommandRefused(
                "The server's answer broke off: " + failure.getMessage(), failure);
    }

    /** Sends a request; returns only what the server accepted. */
    public HttpResponse<InputStream> send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = begun(request);
            if (response.statusCode() >= 300) {
                throw Refusals.of(response);
            }
            return response;
        } catch (IOException e) {
            throw Refusals.of(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandRefused("Interrupted.", e);
        }
    }

    /** The request's own timeout would count the reading of the body too in later Javas. */
    private HttpResponse<InputStream> begun(HttpRequest request)
            throws IOException, InterruptedException {
        var handler = HttpResponse.BodyHandlers.ofInputStream();
        if (patience == null) {
            return http.send(request, handler);
        }
        var answer = http.sendAsync(request, handler);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException(e.getCause());
        }
    }
}
