package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Somebody edits the collection of the log by hand while a server runs on it. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DamagedDatabaseTest {

    private static dev.cadastre.eventstore.mongodb.TestServer mongodb;

    @TempDir Path directory;

    @BeforeAll
    static void start() {
        mongodb = MongoServers.emulator();
    }

    @AfterAll
    static void stop() {
        mongodb.close();
    }

    private static Stream<Named<BiConsumer<MongoCollection<Document>, Long>>> edits() {
        return Stream.of(
                Named.of(
                        "an event is changed",
                        (log, position) ->
                                log.updateOne(
                                        Filters.eq("_id", position),
                                        Updates.set(
                                                "e.0.p",
                                                new Binary(
                                                        "{}".getBytes(StandardCharsets.UTF_8))))),
                Named.of(
                        "a commit is deleted",
                        (log, position) -> log.deleteOne(Filters.eq("_id", position))));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void who_reads_it_is_not_deceived_and_nothing_is_added_to_it(
            BiConsumer<MongoCollection<Document>, Long> edit, CapturedOutput output) {
        try (TestDatabase database = mongodb.freshDatabase();
                MongoClient driver = MongoClients.create(database.uri());
                TestServer server =
                        TestServer.start(
                                TestServer.directories(directory),
                                new Storage.Mongodb(database.uri(), true))) {
            OutageClient client = new OutageClient(server.address());
            client.register("before", "key-before");
            long edited = client.position(client.register("edited", "key-edited"));
            client.awaitPosition(client.register("after", "key-after"));
            assertThat(client.get("/api/v1/assets").statusCode()).isEqualTo(200);

            edit.accept(driver.getDatabase(database.name()).getCollection("log"), edited);
            readAll(client);

            JsonNode health = client.awaitHealth(it -> !it.path("writable").asBoolean());
            assertThat(health.path("readOnlyReason").asString(""))
                    .contains("contradicts itself", "position " + edited)
                    .doesNotContain("127.0.0.1");
            assertThat(output).contains("The log is read-only from now on");
            HttpResponse<String> refused = client.register("more", "key-more");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            HttpResponse<String> answer = client.get("/api/v1/assets");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("before", "edited", "after");
            assertThat(answer.headers().firstValue("Log-Heard")).isPresent();
        }
    }

    private static void readAll(OutageClient client) {
        try {
            assertThat(client.get("/api/v1/events?after=-1&follow=false").body())
                    .doesNotContain("key-after");
        } catch (UncheckedIOException brokenOff) {
            // An answer under way can only end.
        }
    }
}
