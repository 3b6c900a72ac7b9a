package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.client.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole product as a process. */
class ServerProcessTest {

    private static final List<String> ODD_IDS =
            List.of(
                    "a/b",
                    "100%",
                    "a;b",
                    "back\\slash",
                    "ü€🚀 with spaces",
                    "ä".repeat(300),
                    "a+b&c=d?#");

    @TempDir Path directory;

    private Path data() {
        return directory.resolve("register");
    }

    @Test
    void what_was_recorded_is_answered_alike_after_a_restart() throws Exception {
        List<String> before;
        try (ServerProcess server = ServerProcess.start(data())) {
            assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
            assertThat(server.send("PUT", "/api/v1/ci-classes/server", "{}").statusCode())
                    .isEqualTo(200);
            for (String id : ODD_IDS) {
                var answer =
                        server.send(
                                "POST",
                                "/api/v1/cis",
                                HttpJson.mapper()
                                        .createObjectNode()
                                        .put("id", id)
                                        .put("class", "server")
                                        .toString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            }
            before = answers(server);

            assertThat(server.stop()).isLessThan(Duration.ofSeconds(10));
        }
        try (ServerProcess server = ServerProcess.start(data())) {
            assertThat(answers(server)).isEqualTo(before);
        }
    }

    private static List<String> answers(ServerProcess server) throws Exception {
        List<String> answers = new ArrayList<>();
        long position = ODD_IDS.size();
        for (String id : ODD_IDS) {
            String path = "/api/v1/cis/" + ApiClient.encoded(id) + "?knownAt=position:" + position;
            var answer =
                    server.send(
                            server.request(path)
                                    .header("Min-Log-Position", Long.toString(position))
                                    .GET());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(HttpJson.mapper().readTree(answer.body()).get("id").asString())
                    .isEqualTo(id);
            answers.add(answer.body());
        }
        return answers;
    }

    @Test
    void a_second_process_on_the_same_directory_is_refused() throws Exception {
        try (ServerProcess server = ServerProcess.start(data())) {
            assertThat(ServerProcess.exitStatusOf(data())).isEqualTo(1);
            assertThat(ServerProcess.messages(data()))
                    .contains("in use")
                    .doesNotContain("Exception");
            assertThat(server.get("/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_operator_sees_that_the_register_is_at_the_end_of_the_log() throws Exception {
        try (ServerProcess server = ServerProcess.start(data())) {
            assertThat(server.get("/actuator/health").body())
                    .contains("\"status\":\"UP\"")
                    .contains("\"writable\":true")
                    .contains("\"following\":true");
            assertThat(server.get("/actuator/prometheus").body())
                    .contains("cadastre_log_events 0.0")
                    .contains("cadastre_register_lag_events 0.0")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void no_answer_to_nonsense_shows_the_inside_of_the_server() throws Exception {
        try (ServerProcess server = ServerProcess.start(data())) {
            for (String path :
                    List.of(
                            "/api/v1/cis?asOf=yesterday",
                            "/api/v1/cis?asOf=2026-02-30",
                            "/api/v1/cis?knownAt=position:x",
                            "/api/v1/cis?limit=-1",
                            "/api/v1/cis?cursor=!",
                            "/api/v1/cis?nonsense=1",
                            "/api/v1/cis/absent",
                            "/api/v1/cis/%00",
                            "/api/v1/cis/" + "x".repeat(301),
                            "/api/v1/assets/absent/versions/9",
                            "/api/v1/counts?kind=asset&by=nonsense",
                            "/api/v1/diff",
                            "/api/v1/cis/absent/impact?depth=-1",
                            "/api/v1/imports/absent",
                            "/api/v1/nowhere")) {
                var answer = server.get(path);
                assertThat(answer.statusCode()).as(path).isBetween(400, 499);
                assertThat(answer.headers().firstValue("Content-Type"))
                        .as(path)
                        .hasValue("application/problem+json");
                assertThat(answer.body()).doesNotContain("Exception", "dev.cadastre", "at java");
            }
            var answer =
                    server.send(server.request("/api/v1/cis").header("Accept", "nonsense").GET());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        }
    }
}
