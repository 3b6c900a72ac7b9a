package dev.cadastre.command.snapshots.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.http.access.Role;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SnapshotRoutesTest {

    private static final String SNAPSHOTS = "/api/v1/snapshots";

    @TempDir static Path directory;

    private static CommandServer server;

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
        server.send("PUT", "/api/v1/ci-classes/server", "{}");
        server.send("POST", "/api/v1/cis", "{\"id\":\"a\",\"class\":\"server\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_snapshot_is_answered_with_its_scope_and_coordinates() {
        long last = server.log().head().size() - 1;
        String root = HexFormat.of().formatHex(server.log().head().root());

        Reply taken =
                take(
                        "{\"id\":\"Q1\",\"name\":\"Quarter 1\",\"purpose\":\"audit\","
                                + "\"asOf\":\"2026-03-31\",\"scope\":{\"kind\":\"ci\",\"facets\":"
                                + "{\"class\":\"server\",\"environment\":[\"test\",\"production\"],"
                                + "\"stage\":null}}}");

        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.header("Location")).isEqualTo("/api/v1/snapshots/Q1");
        assertThat(taken.header("ETag")).isEqualTo("\"0\"");
        assertThat(taken.body().path("position").longValue()).isEqualTo(last + 1);
        JsonNode snapshot = taken.body().path("snapshot");
        assertThat(snapshot.path("name").stringValue()).isEqualTo("Quarter 1");
        assertThat(snapshot.path("scope").toString())
                .isEqualTo(
                        "{\"facets\":{\"class\":[\"server\"],\"environment\":[\"production\",\"test\"],"
                                + "\"stage\":[\"\"]},\"kind\":\"ci\"}");
        JsonNode coordinates = snapshot.path("coordinates");
        assertThat(coordinates.path("asOf").stringValue()).isEqualTo("2026-03-31T23:59:59.999999Z");
        assertThat(coordinates.path("position").longValue()).isEqualTo(last);
        assertThat(coordinates.path("treeSize").longValue()).isEqualTo(last + 1);
        assertThat(coordinates.path("root").stringValue()).isEqualTo(root);
    }

    @Test
    void without_coordinates_it_shows_now_by_all_that_is_known() {
        JsonNode coordinates =
                take("{\"name\":\"now\"}").body().path("snapshot").path("coordinates");

        assertThat(coordinates.path("position").longValue())
                .isEqualTo(server.log().head().size() - 2);
        assertThat(coordinates.path("asOf").stringValue())
                .isGreaterThanOrEqualTo(coordinates.path("knownAt").stringValue());
    }

    @Test
    void an_instant_in_the_future_is_allowed_and_shows_what_is_scheduled() {
        assertThat(take("{\"name\":\"n\",\"asOf\":\"2099-01-01\"}").status()).isEqualTo(201);
    }

    @Test
    void the_same_key_answers_the_same_snapshot_again() {
        String body = "{\"name\":\"once\"}";

        Reply first = server.send("POST", SNAPSHOTS, body, "Idempotency-Key", "k1");
        Reply again = server.send("POST", SNAPSHOTS, body, "Idempotency-Key", "k1");

        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void a_snapshot_never_changes() {
        assertThat(take("{\"id\":\"twice\",\"name\":\"n\"}").status()).isEqualTo(201);

        Reply second = take("{\"id\":\"twice\",\"name\":\"other\"}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("detail").stringValue()).contains("never changes");
    }

    @Test
    void it_takes_an_operator() {
        String auditor = server.token("auditor", Set.of(Role.AUDITOR), Set.of());

        assertThat(server.sendAs(auditor, "POST", SNAPSHOTS, "{\"name\":\"n\"}").status())
                .isEqualTo(403);
    }

    @Test
    void it_can_be_part_of_a_change_set_and_shows_what_was_there_before_that() {
        long last = server.log().head().size() - 1;

        Reply reply =
                server.send(
                        "POST",
                        "/api/v1/change-sets",
                        "{\"commands\":[{\"method\":\"POST\",\"path\":\"/api/v1/cis\",\"body\":"
                                + "{\"id\":\"b\",\"class\":\"server\"}},{\"method\":\"POST\","
                                + "\"path\":\"/api/v1/snapshots\",\"body\":{\"id\":\"inside\","
                                + "\"name\":\"n\"}}]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(new String(server.log().stream("snapshot:inside", 0).getFirst().payload()))
                .contains("\"position\":" + last + ",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/name",
                "{'name':''}|/name",
                "{'name':'n','asOf':'12000-01-01'}|/asOf",
                "{'name':'n','asOf':'soon'}|/asOf",
                "{'name':'n','knownAt':'position:999999'}|/knownAt",
                "{'name':'n','knownAt':'position:-2'}|/knownAt",
                "{'name':'n','knownAt':'position:99999999999999999999'}|/knownAt",
                "{'name':'n','scope':[]}|/scope",
                "{'name':'n','scope':{'class':'server'}}|/scope/class",
                "{'name':'n','scope':{'kind':'person'}}|/scope/kind",
                "{'name':'n','scope':{'facets':{'colour':'red'}}}|/scope/facets/colour",
                "{'name':'n','scope':{'kind':'ci','facets':{'location':'x'}}}|/scope/facets/location",
                "{'name':'n','scope':{'facets':{'class':[]}}}|/scope/facets/class",
                "{'name':'n','scope':{'facets':{'class':7}}}|/scope/facets/class",
                "{'name':'n','scope':{'facets':{'class':[7]}}}|/scope/facets/class",
                "{'name':'n','scope':{'facets':{'class':{}}}}|/scope/facets/class",
            })
    void what_cannot_be_meant_is_refused_where_it_stands(String body, String pointer) {
        long size = server.log().head().size();

        Reply reply = take(body.replace('\'', '"'));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("pointer").stringValue()).isEqualTo(pointer);
        assertThat(server.log().head().size()).isEqualTo(size);
    }

    @Test
    void when_it_was_taken_cannot_be_chosen() {
        Reply reply =
                server.send("POST", SNAPSHOTS, "{\"name\":\"n\"}", "Effective-At", "2026-01-01");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("detail").stringValue()).contains("say asOf");
    }

    private static Reply take(String body) {
        return server.send("POST", SNAPSHOTS, body);
    }
}
