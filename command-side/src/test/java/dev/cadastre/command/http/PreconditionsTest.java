package dev.cadastre.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import dev.cadastre.command.config.CommandServer.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command is recorded only if the thing is as its caller insists; over a real socket. */
class PreconditionsTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String ABSENT = "If-None-Match";
    private static final String PRESENT = "If-Match";

    @TempDir static Path directory;

    private static CommandServer server;

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
        server.send("PUT", "/api/v1/ci-classes/server", "{}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whoever_must_be_the_first_is_refused_if_the_thing_is_there() {
        String id = newId();
        assertThat(register(id, ABSENT, "*").status()).isEqualTo(201);
        long position = position();

        Reply second = register(id, ABSENT, "*");

        assertThat(second.status()).isEqualTo(412);
        assertThat(second.body().get("type").asString()).endsWith("/stale");
        assertThat(second.body().get("entity").asString()).isEqualTo("ci:" + id);
        assertThat(second.body().get("detail").asString()).contains("already");
        assertThat(position()).isEqualTo(position);
    }

    @Test
    void a_definition_is_made_but_not_replaced() {
        String path = "/api/v1/ci-classes/" + newId();
        assertThat(server.send("PUT", path, "{}", ABSENT, "*").status()).isEqualTo(200);
        String other = "{\"description\":\"other\"}";
        assertThat(server.send("PUT", path, other, ABSENT, "*").status()).isEqualTo(412);
        assertThat(server.send("PUT", path, other, PRESENT, "*").status()).isEqualTo(200);
        String never = "/api/v1/ci-classes/" + newId();
        assertThat(server.send("PUT", never, "{}", PRESENT, "*").status()).isEqualTo(412);
    }

    @Test
    void what_was_removed_is_not_there_and_what_is_to_come_is_not_there_yet() {
        String id = newId();
        String path = "/api/v1/cis/" + id;
        register(id);
        server.send("DELETE", path, null);
        assertThat(server.send("PATCH", path, "{\"name\":\"b\"}", PRESENT, "*").status())
                .isEqualTo(412);
        assertThat(register(id, ABSENT, "*").status()).isEqualTo(201);
        assertThat(server.send("PATCH", path, "{\"name\":\"b\"}", PRESENT, "*").status())
                .isEqualTo(200);
        assertThat(server.send("DELETE", path, null, "Effective-At", "2999-01-01").status())
                .isEqualTo(200);
        assertThat(server.send("PATCH", path, "{\"name\":\"c\"}", PRESENT, "*").status())
                .isEqualTo(200);
    }

    @Test
    void of_many_who_must_be_the_first_one_is() throws Exception {
        String id = newId();
        List<Callable<Integer>> racing = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            racing.add(() -> register(id, ABSENT, "*").status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(racing)) {
                statuses.add(status.get());
            }
        }
        assertThat(statuses).containsOnly(201, 412).containsOnlyOnce(201);
    }

    @Test
    void the_same_request_again_is_answered_the_same_and_without_the_condition_it_is_another() {
        String id = newId();
        Reply first = register(id, ABSENT, "*", "Idempotency-Key", id);
        assertThat(first.status()).isEqualTo(201);
        assertThat(register(id, ABSENT, "*", "Idempotency-Key", id).body()).isEqualTo(first.body());
        assertThat(register(id, "Idempotency-Key", id).status()).isEqualTo(422);
    }

    @Test
    void each_command_of_a_change_set_can_insist() {
        String one = newId();
        String two = newId();
        register(one);
        String set =
                "{\"commands\":[{\"method\":\"POST\",\"path\":\"/api/v1/cis\",\"body\":%s,"
                        + "\"ifNoneMatch\":\"*\"},{\"method\":\"PATCH\",\"path\":\"/api/v1/cis/%s\","
                        + "\"body\":{\"name\":\"b\"},\"%s\":\"%s\"}]}";

        Reply refused = changeSet(set.formatted(registration(two), one, "ifNoneMatch", "*"));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.body().get("command").asInt()).isEqualTo(1);
        assertThat(server.log().streamHead("ci:" + two).nextSequenceNumber()).isZero();

        // Insisted on is what was there before the set, also by its later commands.
        assertThat(changeSet(set.formatted(registration(two), two, "ifNoneMatch", "*")).status())
                .isEqualTo(200);
        Reply contradiction =
                changeSet(set.formatted(registration(newId()), "ci-" + COUNTER, "ifMatch", "*"));
        assertThat(contradiction.status()).isEqualTo(400);
        assertThat(contradiction.body().get("pointer").asString()).isEqualTo("/commands/1/ifMatch");
    }

    @ParameterizedTest
    @CsvSource({"'\"7\"',", "'*, \"7\"',", "W/*,", "*,'\"7\"'", "*,*"})
    void what_cannot_be_insisted_on_is_refused(String ifNoneMatch, String ifMatch) {
        Reply refused =
                ifMatch == null
                        ? register(newId(), ABSENT, ifNoneMatch)
                        : register(newId(), ABSENT, ifNoneMatch, PRESENT, ifMatch);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().get("parameter").asString()).isEqualTo(ABSENT);
    }

    private static Reply register(String id, String... headers) {
        return server.send("POST", "/api/v1/cis", registration(id), headers);
    }

    private static Reply changeSet(String body) {
        return server.send("POST", "/api/v1/change-sets", body);
    }

    private static String registration(String id) {
        return "{\"id\":\"" + id + "\",\"class\":\"server\"}";
    }

    private static long position() {
        return server.log().head().size();
    }

    private static String newId() {
        return "ci-" + COUNTER.incrementAndGet();
    }
}
