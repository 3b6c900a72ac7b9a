package dev.cadastre.command.cis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.eventstore.log.StoredEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about CIs over a real socket on a real log. */
class CiCommandsTest extends ServedCis {

    @Test
    void a_registered_ci_is_answered_with_its_address_and_numbers() {
        String id = newId();
        Reply reply = server.send("POST", "/api/v1/cis", registration(id));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo("/api/v1/cis/" + id);
        assertThat(reply.header("ETag")).isEqualTo("\"0\"");
        assertThat(reply.body().get("id").asString()).isEqualTo(id);
        assertThat(reply.body().get("sequenceNumber").asLong()).isZero();
        assertThat(reply.header("Log-Position"))
                .isEqualTo(Long.toString(reply.body().get("position").asLong()));
        assertThat(server.log().event(reply.body().get("position").asLong()))
                .hasValueSatisfying(
                        event -> assertThat(event.envelope().stream()).isEqualTo("ci:" + id));
    }

    @Test
    void an_id_is_made_where_none_is_given() {
        Reply reply = server.send("POST", "/api/v1/cis", "{\"class\":\"server\"}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body().get("id").asString()).hasSize(36);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "100%",
                "a;b=c",
                "back\\slash",
                "sp ace",
                "a?b#c",
                "äöü€🚀",
                "a+b",
                "%2F",
                ".a"
            })
    void ids_of_any_characters_get_through(String id) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(
                        server.send(
                                        "POST",
                                        "/api/v1/cis",
                                        "{\"class\":\"server\",\"id\":\""
                                                + id.replace("\\", "\\\\")
                                                + "\"}")
                                .status())
                .isEqualTo(201);
        Reply patched =
                server.send("PATCH", "/api/v1/cis/" + encoded, "{\"attributes\":{\"cores\":4}}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.body().get("id").asString()).isEqualTo(id);
        assertThat(patched.body().get("sequenceNumber").asLong()).isEqualTo(1);
    }

    @Test
    void an_id_of_300_characters_beyond_ascii_gets_through() {
        String id = "ü🚀".repeat(150);
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);

        assertThat(server.send("POST", "/api/v1/cis", registration(id)).status()).isEqualTo(201);
        assertThat(server.send("DELETE", "/api/v1/cis/" + encoded, null).status()).isEqualTo(200);
        assertThat(server.send("POST", "/api/v1/cis", registration(id + "x")).status())
                .isEqualTo(400);
    }

    @Test
    void a_ci_lives_its_life() {
        String id = register();
        String target = register();
        String path = "/api/v1/cis/" + id;
        String relation = path + "/relations/runsOn/" + target;

        assertThat(
                        server.send(
                                        "PATCH",
                                        path,
                                        "{\"name\":\"Web\",\"attributes\":{\"cores\":2,\"x\":[\"a\",1]}}")
                                .status())
                .isEqualTo(200);
        assertThat(
                        server.send(
                                        "POST",
                                        path + "/lifecycle",
                                        "{\"stage\":\"Operational\",\"status\":\"In Use\"}")
                                .status())
                .isEqualTo(200);
        assertThat(server.send("PUT", relation, null).status()).isEqualTo(200);
        assertThat(server.send("DELETE", "/api/v1/cis/" + target, null).status()).isEqualTo(409);
        assertThat(server.send("DELETE", relation, null).status()).isEqualTo(200);
        assertThat(server.send("PUT", relation, null).status()).isEqualTo(200);
        assertThat(server.send("DELETE", path, null).status()).isEqualTo(200);
        assertThat(server.send("DELETE", "/api/v1/cis/" + target, null).status()).isEqualTo(200);
        assertThat(server.send("PATCH", path, "{\"name\":\"Web\"}").status()).isEqualTo(404);
        assertThat(
                        server.send("POST", "/api/v1/cis", registration(id))
                                .body()
                                .get("sequenceNumber")
                                .asLong())
                .isEqualTo(8);
        assertThat(types("ci:" + id))
                .containsExactly(
                        "ci.registered",
                        "ci.renamed",
                        "ci.changed",
                        "ci.lifecycle-changed",
                        "ci.changed",
                        "ci.changed",
                        "ci.changed",
                        "ci.removed",
                        "ci.registered");
    }

    @Test
    void what_is_so_already_changes_nothing() {
        String id = register();
        long size = server.log().head().size();
        Reply reply =
                server.send(
                        "PATCH",
                        "/api/v1/cis/" + id,
                        "{\"name\":\"Web\",\"attributes\":{\"cores\":1}}");
        Reply again =
                server.send(
                        "PATCH",
                        "/api/v1/cis/" + id,
                        "{\"name\":\"Web\",\"attributes\":{\"cores\":1}}");

        assertThat(again.body()).isEqualTo(reply.body());
        assertThat(server.log().head().size()).isEqualTo(size + 2);
    }

    @Test
    void the_circumstances_of_a_command_are_kept() {
        Reply reply =
                server.send(
                        "POST",
                        "/api/v1/cis",
                        registration(newId()),
                        "Effective-At",
                        "2024-02-29",
                        "Change-Reason",
                        "Umzug%20nach%20K%C3%B6ln",
                        "Change-Id",
                        "CHG0031337");
        StoredEvent event = server.log().event(reply.body().get("position").asLong()).orElseThrow();

        assertThat(event.envelope().effectiveAt()).isEqualTo(1_709_164_800_000_000L);
        assertThat(event.envelope().principal()).isEqualTo("administrator");
        assertThat(new String(event.metadata(), StandardCharsets.UTF_8))
                .isEqualTo("{\"change\":\"CHG0031337\",\"reason\":\"Umzug nach Köln\"}");
    }

    @Test
    void an_illegal_move_names_the_facts_that_clash() {
        String path = "/api/v1/cis/" + register();
        server.send(
                "POST", path + "/lifecycle", "{\"stage\":\"End of Life\",\"status\":\"Disposed\"}");
        Reply reply =
                server.send(
                        "POST",
                        path + "/lifecycle",
                        "{\"stage\":\"Operational\",\"status\":\"In Use\"}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.body().get("facts").get(0).get("sequenceNumber").asLong()).isEqualTo(1);
        assertThat(reply.body().get("facts").get(0).get("effectiveAt").asString()).endsWith("Z");
        assertThat(reply.body().get("facts").get(1).get("sequenceNumber").asLong()).isEqualTo(2);
    }

    @Test
    void a_correction_retracts_and_records() {
        String id = register();
        String path = "/api/v1/cis/" + id;
        server.send("PATCH", path, "{\"name\":\"Wbe\"}");
        Reply reply =
                server.send(
                        "POST",
                        path + "/corrections",
                        """
                        {"retract":[1],"record":[{"type":"ci.renamed","name":"Web"}]}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("sequenceNumber").asLong()).isEqualTo(3);
        assertThat(types("ci:" + id)).endsWith("ci.fact-retracted", "ci.renamed");
    }

    @Test
    void a_change_set_is_recorded_all_or_none() {
        String one = newId();
        String other = newId();
        String body =
                """
                {"commands":[
                 {"method":"PUT","path":"/api/v1/ci-classes/%s","body":{}},
                 {"method":"POST","path":"/api/v1/cis","body":{"id":"%s","class":"%s"}},
                 {"method":"POST","path":"/api/v1/cis","body":{"id":"%s","class":"server"}},
                 {"method":"PUT","path":"/api/v1/cis/%s/relations/%s/%s"}]}"""
                        .formatted(one, one, one, other, one, "%s", other);
        long size = server.log().head().size();

        Reply refused = server.send("POST", "/api/v1/change-sets", body.formatted("nowhere"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().get("command").asInt()).isEqualTo(3);
        assertThat(server.log().head().size()).isEqualTo(size);

        Reply reply =
                server.send(
                        "POST",
                        "/api/v1/change-sets",
                        body.formatted("runsOn"),
                        "Idempotency-Key",
                        one);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("entities").size()).isEqualTo(3);
        assertThat(reply.body().get("entities").get(1).get("sequenceNumber").asInt()).isEqualTo(1);
        assertThat(server.log().head().size()).isEqualTo(size + 4);
        assertThat(server.log().commits(size, 1).getFirst().events()).hasSize(4);

        Reply again =
                server.send(
                        "POST",
                        "/api/v1/change-sets",
                        body.formatted("runsOn"),
                        "Idempotency-Key",
                        one);
        assertThat(again.body()).isEqualTo(reply.body());
    }

    @Test
    void a_relation_to_an_absent_ci_is_refused() {
        Reply reply =
                server.send("PUT", "/api/v1/cis/" + register() + "/relations/runsOn/nobody", null);

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body().get("target").asString()).isEqualTo("ci:nobody");
    }

    private static List<String> types(String stream) {
        return server.log().stream(stream, 0).stream()
                .map(event -> event.envelope().type())
                .toList();
    }
}
