package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.cadastre.eventstore.mongodb.FerretServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The database has no room left, until somebody makes some. */
@Timeout(120)
@EnabledIfEnvironmentVariable(
        named = FerretServer.PROGRAM,
        matches = ".+",
        disabledReason = "no FerretDB is named by " + FerretServer.PROGRAM)
class DatabaseDiskTest {

    /** For SQLite a full disk and a full file are the same error. */
    private static final String EIGHT_MEBIBYTES = "max_page_count(2048)";

    private static final String DATABASE = "register";

    /** Needs pages that nobody has. */
    private static final String NOTE = "x".repeat(20_000);

    @TempDir Path directory;

    @Test
    void nothing_acknowledged_is_lost_and_all_goes_on_once_there_is_room() throws Exception {
        try (FerretServer ferret =
                        FerretServer.start(
                                Files.createDirectory(directory.resolve("ferret")),
                                EIGHT_MEBIBYTES);
                MongoClient somebody = MongoClients.create(ferret.uri(DATABASE));
                TestServer server =
                        TestServer.start(
                                TestServer.directories(directory.resolve("server")),
                                new Storage.Mongodb(ferret.uri(DATABASE), true))) {
            OutageClient client = new OutageClient(server.address());
            HttpResponse<String> first = register(client, 0);
            client.awaitPosition(first);

            MongoCollection<Document> other =
                    somebody.getDatabase(DATABASE).getCollection("something_else");
            fill(other, 1 << 18);
            fill(other, 1 << 13);
            List<HttpResponse<String>> taken = new ArrayList<>(List.of(first));
            HttpResponse<String> answer = register(client, 1);
            while (answer.statusCode() == 201) {
                taken.add(answer);
                assertThat(taken).as("the disk is full").hasSizeLessThan(50);
                answer = register(client, taken.size());
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            String reason = client.health().path("readOnlyReason").asString("");
            assertThat(reason)
                    .contains("takes no writes now")
                    .doesNotContain("127.0.0.1", directory.toString());
            assertThat(client.get("/api/v1/assets/a0").statusCode()).isEqualTo(200);
            assertThat(client.get("/api/v1/counts?kind=asset&by=type").statusCode()).isEqualTo(200);

            other.drop();
            client.awaitHealth(health -> health.path("writable").asBoolean());
            taken.add(register(client, taken.size()));
            for (int i = 0; i < taken.size(); i++) {
                assertThat(client.timelineLength("a" + i, taken.get(i))).isEqualTo(1);
            }
            assertThat(client.health().path("logPosition").asLong()).isEqualTo(taken.size() - 1L);
        }
    }

    private static HttpResponse<String> register(OutageClient client, int number) {
        return client.send(
                "POST",
                "/api/v1/assets",
                "{\"id\":\"a%d\",\"type\":\"hardware\",\"attributes\":{\"note\":\"%s\"}}"
                        .formatted(number, NOTE),
                "key-" + number);
    }

    private static void fill(MongoCollection<Document> collection, int bytes) {
        Document document = new Document("bytes", new Binary(new byte[bytes]));
        try {
            while (true) {
                collection.insertOne(document);
                document.remove("_id");
            }
        } catch (MongoException full) {
            assertThat(full).hasMessageContaining("full");
        }
    }
}
