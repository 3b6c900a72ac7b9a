package dev.cadastre.query.live.http;

import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.shared.stream.StreamClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps an answer as the guide tells clients to: a map that messages change. */
final class LiveClient implements AutoCloseable {

    /** What the client had after a complete message. */
    record Had(String id, long position, String asOf, JsonNode head, Map<String, JsonNode> rows) {}

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final StreamClient client;
    private final Map<String, JsonNode> rows = new TreeMap<>();
    private final List<Had> had = new ArrayList<>();
    private final Thread reader = Thread.ofVirtual().unstarted(this::read);
    private @Nullable String end;
    private int results;

    private LiveClient(StreamClient client, Map<String, JsonNode> before) {
        this.client = client;
        this.rows.putAll(before);
        reader.start();
    }

    static LiveClient open(QueryServer server, String query) throws IOException {
        return new LiveClient(
                StreamClient.open(
                        server.port(),
                        server.token(),
                        "/api/v1/live?" + query,
                        "Accept",
                        "application/x-ndjson"),
                Map.of());
    }

    /** Goes on with what another client had. */
    static LiveClient resume(QueryServer server, String query, Had had) throws IOException {
        return new LiveClient(
                StreamClient.open(
                        server.port(),
                        server.token(),
                        "/api/v1/live?" + query,
                        "Accept",
                        "application/x-ndjson",
                        "Last-Event-ID",
                        had.id()),
                had.rows());
    }

    private void read() {
        try {
            for (String line = client.content(); line != null; line = client.content()) {
                take(MAPPER.readTree(line));
            }
        } catch (IOException whenClosed) {
            // The test has seen enough.
        }
    }

    private synchronized void take(JsonNode message) {
        if (message.has("end")) {
            end = message.get("end").get("reason").asString();
            return;
        }
        if (message.get("message").asString().equals("result")) {
            rows.clear();
            results++;
        }
        message.get("put").forEach(put -> rows.put(put.get("key").asString(), put.get("row")));
        message.get("removed").forEach(key -> rows.remove(key.asString()));
        if (message.get("complete").asBoolean()) {
            had.add(
                    new Had(
                            message.get("id").asString(),
                            message.get("position").asLong(),
                            message.get("asOf").asString(),
                            message.get("head"),
                            new TreeMap<>(rows)));
        }
    }

    /** What it had after each complete message. */
    synchronized List<Had> had() {
        return List.copyOf(had);
    }

    synchronized Map<String, JsonNode> rows() {
        return new TreeMap<>(rows);
    }

    /** How often it was told everything. */
    synchronized int results() {
        return results;
    }

    /** Why the server ended the stream. */
    synchronized @Nullable String end() {
        return end;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
