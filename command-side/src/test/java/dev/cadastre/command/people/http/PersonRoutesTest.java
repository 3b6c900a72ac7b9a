package dev.cadastre.command.people.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.command.people.keys.FilePersonKeys;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonRoutesTest {

    private static final String PEOPLE = "/api/v1/people";

    @TempDir static Path directory;

    private static CommandServer server;

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_person_gets_an_opaque_id_and_is_read_by_it() {
        Reply registered =
                server.send(
                        "POST", PEOPLE, "{\"name\":\"Grace Hopper\",\"email\":\"g@example.org\"}");

        assertThat(registered.status()).isEqualTo(201);
        String id = registered.body().get("id").asString();
        assertThat(id).matches("person-[a-z2-7]{26}");
        assertThat(registered.header("Location")).isEqualTo(PEOPLE + "/" + id);
        Reply read = server.send("GET", PEOPLE + "/" + id, null);
        assertThat(read.body())
                .hasToString(
                        "{\"id\":\""
                                + id
                                + "\",\"name\":\"Grace Hopper\",\"email\":\"g@example.org\"}");
        assertThat(read.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void no_name_is_in_any_file() throws IOException {
        Reply registered = server.send("POST", PEOPLE, "{\"name\":\"Xanthippe Quagmire\"}");
        assertThat(registered.status()).isEqualTo(201);

        StoredEvent stored =
                server.log().event(registered.body().get("position").asLong()).orElseThrow();
        assertThat(new String(stored.payload(), StandardCharsets.UTF_8))
                .contains("ciphertext")
                .doesNotContain("Xanthippe");
        for (Path file : files()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as("%s", file)
                    .doesNotContain("Xanthippe")
                    .doesNotContain("Quagmire");
        }
    }

    @Test
    void a_request_under_a_key_makes_one_person() {
        String body = "{\"name\":\"Ada\"}";
        Reply first = server.send("POST", PEOPLE, body, "Idempotency-Key", "ada");
        Reply again = server.send("POST", PEOPLE, body, "Idempotency-Key", "ada");

        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void operators_and_auditors_read_names_and_readers_do_not() {
        String id = server.send("POST", PEOPLE, "{\"name\":\"Ada\"}").body().get("id").asString();

        assertThat(readAs(Role.OPERATOR, id)).isEqualTo(200);
        assertThat(readAs(Role.AUDITOR, id)).isEqualTo(200);
        assertThat(readAs(Role.READER, id)).isEqualTo(403);
        assertThat(readAs(Role.IMPORTER, id)).isEqualTo(403);
        assertThat(server.send("GET", PEOPLE + "/person-nobody", null).status()).isEqualTo(404);
    }

    @Test
    void a_name_that_cannot_be_read_is_the_operators_to_mend(@TempDir Path other) {
        String id;
        try (CommandServer before = CommandServer.start(other)) {
            id = before.send("POST", PEOPLE, "{\"name\":\"Ada\"}").body().get("id").asString();
        }
        assertThat(other.resolve("data.trust/people.keys").toFile().delete()).isTrue();
        assertThat(other.resolve("data.trust/people.kek").toFile().delete()).isTrue();
        try (FilePersonKeys foreign =
                FilePersonKeys.open(other.resolve("data.trust"), new SecureRandom())) {
            foreign.keyFor(id);
        }

        try (CommandServer after = CommandServer.start(other)) {
            Reply reply = after.send("GET", PEOPLE + "/" + id, null);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body().get("detail").asString()).contains("Restore the key store");
            assertThat(reply.header("Retry-After")).isEqualTo("60");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                          | /name",
                "{\"name\":null}                             | /name",
                "{\"name\":\" \"}                            | /name",
                "{\"name\":7}                                | /name",
                "{\"name\":\"a\\u0000b\"}                    | /name",
                "{\"name\":\"Ada\",\"email\":\"nowhere\"}    | /email",
                "{\"name\":\"Ada\",\"id\":\"ada\"}           | /id",
            })
    void what_is_no_person_is_refused(String body, String pointer) {
        Reply reply = server.send("POST", PEOPLE, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("pointer").asString()).isEqualTo(pointer);
    }

    private static int readAs(Role role, String id) {
        String token = server.token("person-" + role, Set.of(role), Set.of());
        return server.sendAs(token, "GET", PEOPLE + "/" + id, null).status();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
