package dev.cadastre.command.cis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Commands about CIs over a real socket on a real log. */
class CiCommandsTest {

    @TempDir static Path directory;

    private static CommandServer server;
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
        assertThat(
                        server.send(
                                        "PUT",
                                        "/api/v1/ci-classes/server",
                                        """
                                        {"attributes":{"cores":"integer"}}""")
                                .status())
                .isEqualTo(200);
        server.send(
                "PUT", "/api/v1/relation-types/runsOn", "{\"inverse\":\"runs\",\"acyclic\":true}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

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

    private static String register() {
        String id = newId();
        assertThat(server.send("POST", "/api/v1/cis", registration(id)).status()).isEqualTo(201);
        return id;
    }

    private static String registration(String id) {
        return "{\"id\":\"" + id + "\",\"class\":\"server\"}";
    }

    private static String newId() {
        return "ci-" + COUNTER.incrementAndGet();
    }
}
