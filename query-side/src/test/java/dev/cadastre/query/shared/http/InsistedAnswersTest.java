package dev.cadastre.query.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If-Match on queries (RFC 9110 section 13.1.1), over HTTP. */
class InsistedAnswersTest {

    @TempDir static Path directory;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = QueryServer.start(directory, Clock.systemUTC(), ZoneOffset.UTC);
        Estate.record(server.recorded());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whoever_insists_on_an_answer_gets_it_or_none() {
        String past = "/api/v1/cis?knownAt=position:3&asOf=2024-02-01";
        String tag = header(server.get(past), "ETag");
        for (String insistence : List.of(tag, "\"x\", " + tag, "*")) {
            assertThat(server.get(past, "If-Match", insistence).statusCode()).isEqualTo(200);
            assertThat(server.get(past, "If-Match", insistence, "If-None-Match", tag).statusCode())
                    .isEqualTo(304);
        }
        HttpResponse<String> another = server.get(past, "If-Match", "\"x\"");
        assertThat(another.statusCode()).isEqualTo(412);
        assertThat(another.body()).contains("\"parameter\":\"If-Match\"");
        assertThat(server.get(past, "If-Match", "\"x\"", "If-None-Match", tag).statusCode())
                .isEqualTo(412);
        assertThat(server.get("/api/v1/cis/nobody", "If-Match", "*").statusCode()).isEqualTo(404);
    }

    @Test
    void a_weak_tag_cannot_be_insisted_on() {
        String tag = header(server.get("/api/v1/cis"), "ETag");
        assertThat(tag).startsWith("W/");
        HttpResponse<String> refused = server.get("/api/v1/cis", "If-Match", tag);
        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.body()).contains("knownAt=position:N");
        assertThat(server.get("/api/v1/cis", "If-Match", tag.substring(2)).statusCode())
                .isEqualTo(412);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }
}
