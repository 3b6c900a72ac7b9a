package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

/** Takes every message of a webhook on a free port of this machine. */
final class EventReceiver implements AutoCloseable {

    /** Lets a server send to it. */
    static final List<String> ALLOWED = List.of("--webhook-allow", "127.0.0.0/8");

    /** More than a server may repeat after one crash: what it had not kept, and one under way. */
    static final int REPEATED = 33;

    private record Delivered(String id, long position) {}

    private final HttpServer server;
    private final List<Delivered> delivered = new CopyOnWriteArrayList<>();

    EventReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            delivered.add(
                    new Delivered(
                            exchange.getRequestHeaders().getFirst("webhook-id"),
                            HttpJson.mapper().readTree(body).path("position").asLong(-1)));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How many messages were taken, repeated ones too. */
    int count() {
        return delivered.size();
    }

    void awaitCount(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> delivered.size() >= count);
    }

    void awaitPosition(long position) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> delivered.stream().anyMatch(one -> one.position() == position));
    }

    /**
     * Each event up to a position came, for the first time after the one before it, and few came
     * again.
     */
    void assertTookAllInOrder(long last, int crashes) {
        Map<Long, String> firstArrivals = new LinkedHashMap<>();
        for (Delivered one : delivered) {
            String known = firstArrivals.putIfAbsent(one.position(), one.id());
            assertThat(known).as("the id of %d", one.position()).isIn(null, one.id());
        }
        assertThat(firstArrivals.keySet())
                .containsExactlyElementsOf(LongStream.rangeClosed(0, last).boxed().toList());
        assertThat(firstArrivals.values()).doesNotHaveDuplicates();
        assertThat(delivered.size() - firstArrivals.size()).isBetween(0, crashes * REPEATED);
        for (int i = 1; i < delivered.size(); i++) {
            long step = delivered.get(i).position() - delivered.get(i - 1).position();
            assertThat(step).as("after %s", delivered.get(i - 1)).isBetween(-(long) REPEATED, 1L);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
