package dev.cadastre.command.cis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a restoration says which version it means, over a real socket on a real log. */
class RestoredVersionTest extends RestoringCis {

    @Test
    void a_version_is_also_named_by_when_it_was_so_and_by_when_it_was_believed() {
        String ci = registered(",\"name\":\"first\"", "Effective-At", "2024-01-01T00:00:00Z");
        Reply second =
                server.send(
                        "PATCH",
                        path(ci),
                        "{\"name\":\"second\"}",
                        "Effective-At",
                        "2024-03-01T00:00:00Z");
        server.send(
                "PATCH", path(ci), "{\"name\":\"late\"}", "Effective-At", "2024-02-01T00:00:00Z");
        server.send("PATCH", path(ci), "{\"name\":\"now\"}");

        // The last microsecond of the day before.
        restore(ci, "{\"asOf\":\"2024-01-31\"}");
        assertThat(last(ci).get("name").asString()).isEqualTo("first");
        restore(ci, "{\"asOf\":\"2024-02-15T00:00:00Z\"}");
        assertThat(last(ci).get("name").asString()).isEqualTo("late");
        assertThat(last(ci).at("/version/validFrom").asString()).isEqualTo("2024-02-01T00:00:00Z");

        String before = "\"knownAt\":\"position:" + second.body().get("position").asLong() + "\"}";
        restore(ci, "{\"asOf\":\"2024-02-15T00:00:00Z\"," + before);
        assertThat(last(ci).get("name").asString()).isEqualTo("first");
        restore(ci, "{" + before);
        assertThat(last(ci).get("name").asString()).isEqualTo("second");
        assertThat(last(ci).at("/version/number").asInt()).isEqualTo(1);
    }

    @Test
    void a_position_within_a_change_set_means_all_of_it() {
        String ci = registered(",\"name\":\"first\"");
        long first =
                server.send(
                                        "POST",
                                        "/api/v1/change-sets",
                                        "{\"commands\":[{\"method\":\"PATCH\",\"path\":\""
                                                + path(ci)
                                                + "\",\"body\":{\"name\":\"second\"}},"
                                                + "{\"method\":\"PATCH\",\"path\":\""
                                                + path(ci)
                                                + "\",\"body\":{\"attributes\":{\"cores\":4}}}]}")
                                .body()
                                .get("position")
                                .asLong()
                        - 1;
        server.send("PATCH", path(ci), "{\"name\":\"third\",\"attributes\":{\"cores\":null}}");

        restore(ci, "{\"knownAt\":\"position:" + first + "\"}");

        assertThat(last(ci).get("name").asString()).isEqualTo("second");
        assertThat(last(ci).at("/attributes/cores").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/version",
                "{\"version\":0,\"asOf\":\"2024-01-01\"}|/version",
                "{\"version\":7}|/version",
                "{\"version\":-1}|/version",
                "{\"version\":1}|/version",
                "{\"version\":9007199254740991}|/version",
                "{\"version\":\"0\"}|/version",
                "{\"asOf\":\"1999-01-01\"}|/asOf",
                "{\"asOf\":\"soon\"}|/asOf",
                "{\"knownAt\":\"1999-01-01\"}|/knownAt",
                "{\"knownAt\":\"position:-1\"}|/knownAt",
                "{\"knownAt\":\"position:x\"}|/knownAt",
                "{\"knownAt\":\"position:99999999\"}|/knownAt",
                "{\"to\":1}|/to"
            })
    void what_names_no_version_of_it_is_refused_and_recorded_nowhere(String body, String pointer) {
        String ci = registered(",\"name\":\"Web\"");
        server.send("DELETE", path(ci), null);
        long size = server.log().head().size();

        Reply reply = restore(ci, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().toString()).contains("\"" + pointer + "\"");
        assertThat(server.log().head().size()).isEqualTo(size);
    }

    @Test
    void a_ci_of_which_nothing_is_recorded_is_not_there() {
        assertThat(restore("nobody", "{\"version\":0}").status()).isEqualTo(404);
    }
}
