package dev.cadastre.standalone.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The client that {@code docs/guide/java-client.md} shows, region by region. */
final class JavaClient implements AutoCloseable {

    // region client
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String token;

    JavaClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new Refused(answer.statusCode(), JSON.readTree(answer.body()));
        }
        return answer;
    }

    static final class Refused extends IOException {
        final boolean mayBeAskedAgain;

        Refused(int status, JsonNode problem) {
            super(problem.path("type").asString() + ": " + problem.path("detail").asString());
            mayBeAskedAgain =
                    status == 429
                            || status >= 500
                            || problem.path("type").asString().endsWith("/still-running");
        }
    }

    // endregion client

    @Override
    public void close() {
        http.close();
    }

    // region command
    /** Returns the position in the log from which on the command shows in answers. */
    long command(String method, String path, String key, String json)
            throws IOException, InterruptedException {
        HttpRequest command =
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .method(method, BodyPublishers.ofString(json))
                        .build();
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> answer = send(command);
                return answer.headers().firstValueAsLong("Log-Position").orElseThrow();
            } catch (IOException e) {
                // Whether it was recorded or not: under the same key it is recorded once.
                if (attempt == 3 || e instanceof Refused refused && !refused.mayBeAskedAgain) {
                    throw e;
                }
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
    }

    // endregion command

    // region own-write
    JsonNode read(String path, long position) throws IOException, InterruptedException {
        HttpRequest query =
                request(path).header("Min-Log-Position", Long.toString(position)).build();
        return JSON.readTree(send(query).body());
    }

    // endregion own-write

    // region as-of
    JsonNode readAsOf(String path, String asOf, @Nullable String knownAt)
            throws IOException, InterruptedException {
        String coordinates = "?asOf=" + encoded(asOf);
        if (knownAt != null) {
            coordinates += "&knownAt=" + encoded(knownAt);
        }
        return JSON.readTree(send(request(path + coordinates).build()).body());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    // endregion as-of

    // region pages
    /** All pages show the same coordinates, whatever is recorded meanwhile. */
    List<JsonNode> all(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = JSON.readTree(send(request(path + cursor).build()).body());
            page.path("items").forEach(items::add);
            if (page.path("next").isNull()) {
                return items;
            }
            cursor =
                    (path.contains("?") ? "&" : "?")
                            + "cursor="
                            + encoded(page.path("next").asString());
        }
    }

    // endregion pages

    // region follow
    /**
     * Follows the log until the listener has had enough.
     *
     * @param after position of the last event seen before; -1 for none
     * @return position of the last event seen, to go on from
     */
    long follow(long after, Predicate<JsonNode> listener) throws InterruptedException {
        long last = after;
        while (true) {
            HttpRequest events =
                    HttpRequest.newBuilder(server.resolve("/api/v1/events"))
                            .header("Authorization", "Bearer " + token)
                            .header("Accept", "text/event-stream")
                            .header("Last-Event-ID", Long.toString(last))
                            .build();
            try (Stream<String> lines = http.send(events, BodyHandlers.ofLines()).body()) {
                StringBuilder data = new StringBuilder();
                long position = last;
                for (String line : (Iterable<String>) lines::iterator) {
                    if (line.startsWith("id:")) {
                        position = Long.parseLong(line.substring(3).strip());
                    } else if (line.startsWith("data:")) {
                        data.append(line.substring(5).strip());
                    } else if (line.isEmpty() && !data.isEmpty()) {
                        // Without a filter positions are dense: a gap would be a lost event.
                        if (position != last + 1) {
                            throw new IllegalStateException("missed what follows " + last);
                        }
                        last = position;
                        if (!listener.test(JSON.readTree(data.toString()))) {
                            return last;
                        }
                        data.setLength(0);
                    }
                }
            } catch (IOException | UncheckedIOException connectionLost) {
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
    }
    // endregion follow
}
