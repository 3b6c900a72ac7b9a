package dev.cadastre.command.cis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for what, and how requests read. */
class RefusedRequestsTest extends ServedCis {

    @RepeatedTest(40)
    void a_request_refused_before_its_body_is_read_leaves_the_connection_usable() {
        assertThat(server.sendAs("nobody", "PATCH", "/api/v1/cis/x", "{\"name\":\"n\"}").status())
                .isEqualTo(401);
        assertThat(server.send("PATCH", "/api/v1/cis/x", "{\"name\":\"n\"}").status())
                .isEqualTo(404);
    }

    @Test
    void an_actor_is_a_registered_person() {
        String path = "/api/v1/cis/" + register();
        long size = server.log().head().size();

        Reply unknown =
                server.send("PATCH", path, "{\"name\":\"n\"}", "Actor", "person-AdaLovelace");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().get("parameter").asString()).isEqualTo("Actor");
        assertThat(server.log().head().size()).isEqualTo(size);

        String ada =
                server.send("POST", "/api/v1/people", "{\"name\":\"Ada Lovelace\"}")
                        .body()
                        .get("id")
                        .asString();
        Reply named = server.send("PATCH", path, "{\"name\":\"n\"}", "Actor", ada);
        assertThat(named.status()).isEqualTo(200);
        long position = named.body().get("position").asLong();
        assertThat(server.log().event(position).orElseThrow().envelope().actor()).isEqualTo(ada);
    }

    @Test
    void roles_and_rights_are_kept_apart() {
        String reader = server.token("reader", Set.of(Role.READER), Set.of());
        String operator = server.token("operator", Set.of(Role.OPERATOR), Set.of());
        String late = server.token("late", Set.of(Role.OPERATOR), Set.of(Right.BACKDATE));
        String id = register();
        String name = "{\"name\":\"n\"}";
        String path = "/api/v1/cis/" + id;
        String correction = "{\"retract\":[0]}";

        assertThat(server.sendAs(reader, "PATCH", path, name).status()).isEqualTo(403);
        assertThat(server.sendAs(operator, "PATCH", path, name).status()).isEqualTo(200);
        assertThat(
                        server.sendAs(operator, "PATCH", path, name, "Effective-At", "2020-01-01")
                                .status())
                .isEqualTo(403);
        assertThat(
                        server.sendAs(
                                        late,
                                        "POST",
                                        "/api/v1/cis",
                                        registration(newId()),
                                        "Effective-At",
                                        "2020-01-01")
                                .status())
                .isEqualTo(201);
        assertThat(server.sendAs(operator, "POST", path + "/corrections", correction).status())
                .isEqualTo(403);
        assertThat(server.sendAs(operator, "PATCH", path, name, "Actor", "person-x").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'class':'server','colour':'red'}|/colour",
                "{}|/class",
                "{'class':7}|/class",
                "{'class':'toaster'}|/class",
                "{'class':'server','id':''}|/id",
                "{'class':'server','id':'..'}|/id",
                "{'class':'server','id':'a\\u0007b'}|/id",
                "{'class':'server','id':'\\ud800'}|/id",
                "{'class':'server','attributes':{'cores':'four'}}|/attributes/cores",
                "{'class':'server','attributes':{'a/b':1.5}}|/attributes/a~1b",
                "{'class':'server','attributes':{'a':9007199254740992}}|/attributes/a",
                "{'class':'server','attributes':{'a':{}}}|/attributes/a",
                "{'class':'server','attributes':{'a':[[1]]}}|/attributes/a/0",
                "{'class':'server','attributes':{'':1}}|/attributes/",
                "{'class':'server','lifecycle':{'stage':'Heaven','status':'In Use'}}|/lifecycle/stage",
                "{'class':'server','lifecycle':{'stage':'Missing','status':'In Use'}}|/lifecycle/status",
                "{'class':'server','relations':[{'type':'likes','to':'x'}]}|/relations/0/type",
                "{'class':'server','relations':{}}|/relations",
            })
    void a_bad_field_is_named(String body, String pointer) {
        long size = server.log().head().size();
        Reply reply = server.send("POST", "/api/v1/cis", body.replace('\'', '"'));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("pointer").asString()).isEqualTo(pointer);
        assertThat(server.log().head().size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "7",
                "{\"class\":\"server\"} x",
                "{\"class\":1,\"class\":2}",
                "nul"
            })
    void what_is_not_one_json_object_is_refused(String body) {
        Reply reply = server.send("POST", "/api/v1/cis", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("detail").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Effective-At, 2023-02-29",
        "Effective-At, yesterday",
        "Effective-At, 2023-01-01T00:00:00.1234567Z",
        "Change-Reason, %E4",
        "Change-Reason, 100%",
        "If-Match, 7",
        "If-Match, W/\"7\"",
        "Actor, Jane Doe",
    })
    void a_bad_header_is_named(String header, String value) {
        Reply reply = server.send("POST", "/api/v1/cis", registration(newId()), header, value);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("parameter").asString()).isEqualTo(header);
    }

    @Test
    void a_refusal_keeps_the_connection() {
        for (String body : List.of("{}", "{\"class\":", "x".repeat(2 << 20))) {
            Reply refused = server.send("POST", "/api/v1/cis", body);
            assertThat(refused.status()).isIn(400, 413);
            assertThat(refused.response().headers().firstValue("connection")).isEmpty();
        }
    }

    @RepeatedTest(60)
    void whoever_sends_too_large_a_body_is_told_so_even_while_still_sending(
            RepetitionInfo repetition) {
        String name = "x".repeat((1 << 20) * (1 + repetition.getCurrentRepetition() % 8));
        String body = "{\"class\":\"server\",\"name\":\"" + name + "\"}";
        assertThat(server.send("POST", "/api/v1/cis", body).status()).isEqualTo(413);
    }

    @Test
    void deep_nesting_is_refused() {
        String body = "{\"class\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        assertThat(server.send("POST", "/api/v1/cis", body).status()).isEqualTo(400);
    }
}
