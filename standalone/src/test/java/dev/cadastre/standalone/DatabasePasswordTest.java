package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.eventstore.mongodb.FaultyConnection;
import dev.cadastre.eventstore.mongodb.FaultyConnection.Fault;
import dev.cadastre.eventstore.mongodb.FerretServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The database lets in whoever knows the password (SCRAM), and nobody else. */
@Timeout(90)
@EnabledIfEnvironmentVariable(
        named = FerretServer.PROGRAM,
        matches = ".+",
        disabledReason = "no FerretDB is named by " + FerretServer.PROGRAM)
class DatabasePasswordTest {

    private static final String DATABASE = "register";
    private static final String USER = "cadastre";
    private static final String PASSWORD = "right-pa55word";

    @TempDir Path directory;

    private FerretServer ferret;

    @BeforeEach
    void start() throws IOException {
        ferret =
                FerretServer.start(
                        Files.createDirectory(directory.resolve("ferret")),
                        "",
                        "--test-enable-new-auth",
                        "--setup-database=" + DATABASE,
                        "--setup-username=" + USER,
                        "--setup-password=" + PASSWORD);
    }

    @AfterEach
    void stop() {
        ferret.close();
    }

    @Test
    void a_wrong_password_is_refused_at_the_start_and_not_shown() {
        assertThatThrownBy(() -> serve(ferret.uri(DATABASE, USER, "wrong-pa55word")))
                .hasMessageContaining("refuses the user or the password")
                .hasMessageNotContaining("pa55word");
    }

    @Test
    void an_unknown_user_is_refused_at_the_start() {
        assertThatThrownBy(() -> serve(ferret.uri(DATABASE, "ada", PASSWORD)))
                .hasMessageContaining("refuses the user or the password")
                .hasMessageNotContaining("pa55word");
    }

    @Test
    void a_connection_string_without_a_user_is_refused_at_the_start() {
        assertThatThrownBy(() -> serve(ferret.uri(DATABASE)))
                .hasMessageContaining("has to name one with the role readWrite");
    }

    @Test
    void a_password_that_is_changed_meanwhile_stops_writing_until_it_is_the_old_one_again()
            throws IOException {
        String uri = ferret.uri(DATABASE, USER, PASSWORD);
        try (MongoClient administrator = MongoClients.create(uri);
                FaultyConnection network = new FaultyConnection(uri);
                TestServer server = serve(network.uri())) {
            OutageClient client = new OutageClient(server.address());
            client.awaitPosition(client.register("before", "key-before"));
            assertThat(client.get("/api/v1/assets/before").statusCode()).isEqualTo(200);

            setPassword(administrator.getDatabase(DATABASE), "another-pa55word");
            // Open connections stay open; it is new ones that are refused.
            network.set(Fault.DOWN);
            network.set(Fault.NONE);
            String reason =
                    client.awaitHealth(
                                    health ->
                                            health.path("readOnlyReason")
                                                    .asString("")
                                                    .contains("refuses the user or the password"))
                            .toString();
            assertThat(reason).doesNotContain("pa55word", "127.0.0.1", "mongodb:");
            HttpResponse<String> refused = client.register("locked-out", "key-locked-out");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            HttpResponse<String> known = client.get("/api/v1/assets/before");
            assertThat(known.statusCode()).as(known.body()).isEqualTo(200);

            setPassword(administrator.getDatabase(DATABASE), PASSWORD);
            client.awaitHealth(health -> health.path("writable").asBoolean());
            HttpResponse<String> again = client.register("locked-out", "key-locked-out");
            assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
            assertThat(client.timelineLength("locked-out", again)).isEqualTo(1);
        }
    }

    private TestServer serve(String uri) {
        return TestServer.start(
                TestServer.directories(directory.resolve("server")),
                new Storage.Mongodb(uri, true));
    }

    private static void setPassword(MongoDatabase database, String password) {
        database.runCommand(
                new Document("updateUser", USER)
                        .append("pwd", password)
                        .append("roles", List.of()));
    }
}
