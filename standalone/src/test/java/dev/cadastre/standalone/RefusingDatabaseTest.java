package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.mongodb.RefusingServer;
import dev.cadastre.eventstore.mongodb.RefusingServer.Refusal;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database answers, but refuses: its disk is full, its writes are blocked, a right is gone. */
@Timeout(60)
class RefusingDatabaseTest {

    @TempDir static Path directory;

    private static RefusingServer mongodb;
    private static TestDatabase database;
    private static TestServer server;
    private static OutageClient client;

    @BeforeAll
    static void start() {
        mongodb = new RefusingServer();
        database = mongodb.freshDatabase();
        server = serve("server");
        client = new OutageClient(server.address());
        HttpResponse<String> known = client.register("known", "key-known");
        client.awaitPosition(known);
        assertThat(client.get("/api/v1/assets/known").statusCode()).isEqualTo(200);
    }

    private static TestServer serve(String name) {
        return TestServer.start(
                TestServer.directories(directory.resolve(name)),
                new Storage.Mongodb(database.uri(), true));
    }

    @AfterEach
    void comeBack() {
        mongodb.refuse(Refusal.NONE);
        client.awaitHealth(health -> health.path("writable").asBoolean());
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
        mongodb.close();
    }

    @ParameterizedTest
    @CsvSource({
        "READING_USER, the database user lacks a right",
        "NO_USER, the database user lacks a right",
        "FULL_DISK, the disk of the database server is full",
        "BLOCKED_WRITES, the database blocks writes"
    })
    void commands_wait_queries_go_on_and_health_says_why(Refusal refusal, String words) {
        String asset = refusal.name();
        mongodb.refuse(refusal);

        HttpResponse<String> refused = client.register(asset, "key-" + asset);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        String health = client.awaitHealth(it -> !it.path("writable").asBoolean()).toString();
        assertThat(health).contains("UP", words).doesNotContain("127.0.0.1", "localhost");
        HttpResponse<String> known = client.get("/api/v1/assets/known");
        assertThat(known.statusCode()).as(known.body()).isEqualTo(200);
        if (refusal != Refusal.NO_USER) {
            Instant refusedAt = Instant.now();
            client.await(() -> heard(client.get("/api/v1/assets/known")).isAfter(refusedAt));
            assertThat(client.health().path("writable").asBoolean()).isFalse();
        }

        comeBack();
        HttpResponse<String> again = client.register(asset, "key-" + asset);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(client.timelineLength(asset, again)).isEqualTo(1);
    }

    private static Instant heard(HttpResponse<String> answer) {
        return Instant.parse(answer.headers().firstValue("Log-Heard").orElseThrow());
    }

    @Test
    void a_process_of_a_user_who_may_only_read_does_not_start_and_says_what_is_missing() {
        mongodb.refuse(Refusal.READING_USER);

        assertThatThrownBy(() -> serve("reader"))
                .hasMessageContaining("has to name one with the role readWrite");
    }
}
