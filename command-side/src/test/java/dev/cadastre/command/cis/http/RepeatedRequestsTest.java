package dev.cadastre.command.cis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests sent again, at once, or after somebody else was first. */
class RepeatedRequestsTest extends ServedCis {

    @Test
    void a_stale_tag_is_refused_and_a_fresh_one_is_taken() {
        String path = "/api/v1/cis/" + register();

        assertThat(server.send("PATCH", path, "{\"name\":\"b\"}", "If-Match", "\"0.3\"").status())
                .isEqualTo(200);
        Reply stale = server.send("PATCH", path, "{\"name\":\"c\"}", "If-Match", "\"0\"");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.body().get("actualSequenceNumber").asLong()).isEqualTo(1);
    }

    @Test
    void the_same_key_gives_the_first_answer_again() {
        String id = newId();
        Reply first = server.send("POST", "/api/v1/cis", registration(id), "Idempotency-Key", id);
        server.send("PATCH", "/api/v1/cis/" + id, "{\"name\":\"b\"}");
        Reply again = server.send("POST", "/api/v1/cis", registration(id), "Idempotency-Key", id);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(
                        server.send(
                                        "POST",
                                        "/api/v1/cis",
                                        registration(newId()),
                                        "Idempotency-Key",
                                        id)
                                .status())
                .isEqualTo(422);
    }

    @Test
    void equal_requests_at_once_are_done_once() throws Exception {
        String id = newId();
        List<Callable<Reply>> requests = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            requests.add(
                    () ->
                            server.send(
                                    "POST",
                                    "/api/v1/cis",
                                    registration(id),
                                    "Idempotency-Key",
                                    "at-once-" + id));
        }
        Set<JsonNode> answers = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> each : threads.invokeAll(requests)) {
                Reply reply = each.get();
                assertThat(reply.status()).isIn(201, 409);
                if (reply.status() == 201) {
                    answers.add(reply.body());
                } else {
                    assertThat(reply.body().get("type").asString()).endsWith("/still-running");
                }
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(server.log().stream("ci:" + id, 0)).hasSize(1);
    }

    @Test
    void a_refusal_leaves_the_key_free() {
        String id = newId();
        String body = "{\"name\":\"b\"}";
        assertThat(server.send("PATCH", "/api/v1/cis/" + id, body, "Idempotency-Key", id).status())
                .isEqualTo(404);
        server.send("POST", "/api/v1/cis", registration(id));
        assertThat(server.send("PATCH", "/api/v1/cis/" + id, body, "Idempotency-Key", id).status())
                .isEqualTo(200);
    }
}
