package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Webhooks of a server in a process of its own, as an operator starts it. */
class WebhookProcessTest {

    private static final int KILLS = 2;

    /** Events that each server gets delivered before it is killed. */
    private static final int EVENTS = 200;

    /** More than the server may repeat after one crash: what it had not kept, and one under way. */
    private static final int REPEATED = 33;

    private static final String[] ALLOWED = {"--webhook-allow", "127.0.0.0/8"};

    private record Delivered(String id, long position) {}

    @TempDir Path directory;

    private final List<Delivered> delivered = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void start() throws IOException {
        receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        JsonNode event =
                                HttpJson.mapper()
                                        .readTree(exchange.getRequestBody().readAllBytes());
                        delivered.add(
                                new Delivered(
                                        exchange.getRequestHeaders().getFirst("webhook-id"),
                                        event.get("position").longValue()));
                        exchange.sendResponseHeaders(204, -1);
                    }
                });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void after_kills_under_load_each_event_has_arrived_in_order_and_few_of_them_twice()
            throws Exception {
        Path data = directory.resolve("register");
        CommandLoad load = new CommandLoad();

        for (int kill = 1; kill <= KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(data, ALLOWED)) {
                if (kill == 1) {
                    assertThat(subscribe(server, "127.0.0.1").statusCode()).isEqualTo(201);
                }
                int before = delivered.size();
                List<Thread> callers = load.against(server);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> delivered.size() >= before + EVENTS);
                server.kill();
                for (Thread caller : callers) {
                    caller.join();
                }
            }
        }
        long last;
        try (ServerProcess server = ServerProcess.start(data, ALLOWED)) {
            load.assertKept(server);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> webhook(server).get("lag").intValue() == 0);
            JsonNode webhook = webhook(server);
            assertThat(webhook.get("state").stringValue()).isEqualTo("active");
            last = webhook.get("cursor").longValue();
            server.stop();
        }

        Map<Long, String> firstArrivals = new LinkedHashMap<>();
        for (Delivered one : delivered) {
            String known = firstArrivals.putIfAbsent(one.position(), one.id());
            assertThat(known).as("the id of %d", one.position()).isIn(null, one.id());
        }
        assertThat(firstArrivals.keySet())
                .containsExactlyElementsOf(LongStream.rangeClosed(0, last).boxed().toList());
        assertThat(firstArrivals.values()).doesNotHaveDuplicates();
        assertThat(delivered.size() - firstArrivals.size()).isBetween(0, KILLS * REPEATED);
        for (int i = 1; i < delivered.size(); i++) {
            long step = delivered.get(i).position() - delivered.get(i - 1).position();
            assertThat(step).as("after %s", delivered.get(i - 1)).isBetween(-(long) REPEATED, 1L);
        }
    }

    @Test
    void without_leave_of_the_operator_nothing_is_sent_into_the_own_network() throws Exception {
        Path data = directory.resolve("register");
        try (ServerProcess server =
                ServerProcess.start(data, "--webhook-allow", "10.0.0.0/8,fd00::/8")) {
            var refused = subscribe(server, "127.0.0.1");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("--webhook-allow");
            // What a name leads to is known, and refused, when it is connected to.
            assertThat(subscribe(server, "localhost").statusCode()).isEqualTo(201);
            await().until(() -> webhook(server).get("state").stringValue().equals("failing"));
            assertThat(webhook(server).get("lastError").stringValue())
                    .contains("localhost has the address", "--webhook-allow");
        }
        assertThat(delivered).isEmpty();
    }

    @Test
    void a_network_that_is_none_ends_the_start_in_words() throws Exception {
        Path data = directory.resolve("register");

        assertThat(ServerProcess.exitStatusOf(data, "--webhook-allow", "10.0.0.0/33")).isNotZero();
        assertThat(ServerProcess.messages(data))
                .contains("--webhook-allow: \"10.0.0.0/33\" is no network")
                .doesNotContain("Exception");
    }

    private HttpResponse<String> subscribe(ServerProcess server, String host) throws Exception {
        return server.send(
                "POST",
                "/api/v1/webhooks",
                "{\"id\":\"mirror\",\"url\":\"http://%s:%d/in\",\"after\":-1}"
                        .formatted(host, receiver.getAddress().getPort()));
    }

    private static JsonNode webhook(ServerProcess server) throws Exception {
        return HttpJson.mapper().readTree(server.get("/api/v1/webhooks/mirror").body());
    }
}
