package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    private static final String[] ALLOWED = EventReceiver.ALLOWED.toArray(String[]::new);

    @TempDir Path directory;

    private EventReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new EventReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
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
                int before = receiver.count();
                List<Thread> callers = load.against(server);
                receiver.awaitCount(before + EVENTS);
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

        receiver.assertTookAllInOrder(last, KILLS);
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
        assertThat(receiver.count()).isZero();
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
                        .formatted(host, receiver.port()));
    }

    private static JsonNode webhook(ServerProcess server) throws Exception {
        return HttpJson.mapper().readTree(server.get("/api/v1/webhooks/mirror").body());
    }
}
