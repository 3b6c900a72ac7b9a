package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Whoever uses a server whose database goes away: takes every answer for an answer. */
record OutageClient(URI address) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> send(String method, String path, String json, String key) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .method(method, BodyPublishers.ofString(json)));
    }

    HttpResponse<String> register(String asset, String key) {
        return send(
                "POST",
                "/api/v1/assets",
                "{\"id\":\"" + asset + "\",\"type\":\"hardware\",\"attributes\":{}}",
                key);
    }

    /** Sends a history file as it comes. */
    CompletableFuture<HttpResponse<String>> importing(InputStream file) {
        return HTTP.sendAsync(
                request("/api/v1/imports?profile=history")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofInputStream(() -> file))
                        .build(),
                BodyHandlers.ofString());
    }

    /** How many entries the timeline of an asset has once it includes what a command recorded. */
    int timelineLength(String asset, HttpResponse<String> recorded) {
        HttpResponse<String> timeline =
                send(
                        request("/api/v1/assets/" + asset + "/timeline")
                                .header("Min-Log-Position", Long.toString(position(recorded)))
                                .GET());
        assertThat(timeline.statusCode()).as(timeline.body()).isEqualTo(200);
        return json(timeline).path("items").size();
    }

    void awaitPosition(HttpResponse<String> recorded) {
        HttpResponse<String> answer =
                send(
                        request("/api/v1/counts?kind=asset&by=type")
                                .header("Min-Log-Position", Long.toString(position(recorded)))
                                .GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    long position(HttpResponse<String> recorded) {
        assertThat(recorded.statusCode()).as(recorded.body()).isBetween(200, 202);
        return json(recorded).path("position").asLong(-1);
    }

    JsonNode health() {
        return json(get("/actuator/health"));
    }

    JsonNode awaitHealth(Predicate<JsonNode> condition) {
        await(() -> condition.test(health()));
        return health();
    }

    /** One figure of what Prometheus collects, with its labels if it has any. */
    double metric(String name) {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    JsonNode json(HttpResponse<String> answer) {
        return HttpJson.mapper().readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + TestServer.TOKEN);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens a stream of server-sent events. */
    EventStream stream(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                HTTP.send(
                        request("/api/v1/" + path)
                                .header("Accept", "text/event-stream")
                                .GET()
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new EventStream(
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    /** Server-sent events as they come. */
    record EventStream(BufferedReader lines) implements AutoCloseable {

        /** The id of the next event. */
        long next() throws IOException {
            return Long.parseLong(
                    line(line -> line.startsWith("id:")).substring("id:".length()).strip());
        }

        void awaitHeartbeat() throws IOException {
            line(line -> line.startsWith(":"));
        }

        /** Waits for data that tells of something. */
        void await(String told) throws IOException {
            line(line -> line.startsWith("data:") && line.contains(told));
        }

        private String line(Predicate<String> wanted) throws IOException {
            String line = lines.readLine();
            while (line != null && !wanted.test(line)) {
                line = lines.readLine();
            }
            assertThat(line).as("the stream has ended").isNotNull();
            return line;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
