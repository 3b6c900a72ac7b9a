package dev.cadastre.query.snapshots.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Snapshots;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody changes the log's file, behind the server's back, after a snapshot was sealed. */
class TamperedSnapshotTest {

    private static final String SNAPSHOT = "/api/v1/snapshots/q1";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir Path directory;

    private QueryServer server;
    private long taken;

    @BeforeEach
    void start() throws Exception {
        server = QueryServer.start(directory, Clock.systemUTC(), ZoneOffset.UTC);
        Estate.record(server.recorded());
        taken = server.recorded().log().head().size();
        Snapshots.take(server.recorded(), "q1", SnapshotScope.ALL);
        Snapshots.awaitSealed(server.recorded().log(), "q1");
        assertThat(verification().path("holds").booleanValue()).isTrue();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | UPDATE events SET payload = replace(payload, '8', '9') WHERE position = 4",
                "4 | UPDATE events SET effective_at = effective_at - 1 WHERE position = 4",
                "4 | UPDATE events SET id_salt = zeroblob(32) WHERE position = 4",
                "4 | UPDATE events SET id_salt = x'00' WHERE position = 4",
                "4 | UPDATE change_sets SET metadata = x'7b207d' WHERE position = 4",
                "4 | UPDATE change_sets SET id = x'00' WHERE position = 4",
                "4 | DELETE FROM events WHERE position = 4",
                "4 | DELETE FROM commits WHERE position = 4",
                "4 | UPDATE commits SET seal = zeroblob(80) WHERE position = 4",
                // Its own hash is in the commit after it.
                "5 | UPDATE commits SET recorded_at = recorded_at + 1 WHERE position = 4",
            })
    void the_first_position_that_does_not_hold_is_named(long position, String change)
            throws SQLException {
        execute(change);

        JsonNode verification = verification();

        assertThat(verification.path("holds").booleanValue()).isFalse();
        assertThat(verification.at("/log/holds").booleanValue()).isFalse();
        assertThat(verification.at("/log/problem").asString("")).startsWith("At position ");
        assertThat(position(verification)).isEqualTo(position);
        assertThat(verification.at("/digest/sealed").asString("")).hasSize(64);
        assertThat(verification.path("digest").has("recomputed")).isFalse();
        assertThat(verification.path("method").asString("")).contains("contradicts itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "taken | UPDATE events SET payload = replace(payload, 'Quarter 1', 'Quarter 2')",
                "taken | UPDATE events SET payload = replace(payload, '\"knownAt\":\"2024', "
                        + "'\"knownAt\":\"2023')",
                "sealed | UPDATE events SET payload = replace(payload, '\"entities\"', "
                        + "'\"entities\" ')",
                "sealed | UPDATE events SET effective_at = 7",
            })
    void a_change_of_what_the_snapshot_itself_says_is_found_too(String event, String change)
            throws SQLException {
        long position = event.equals("taken") ? taken : taken + 1;
        execute(change + " WHERE position = " + position);

        JsonNode verification = verification();

        assertThat(verification.path("holds").booleanValue()).isFalse();
        assertThat(position(verification)).isEqualTo(position);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE events SET payload = x'7b7d5d'",
                "UPDATE events SET type = (SELECT type FROM events WHERE position = 2)",
                "UPDATE events SET id_salt = x'00'",
            })
    void where_a_snapshot_cannot_even_be_read_the_answer_says_what_is_wrong(String change)
            throws SQLException {
        execute(change + " WHERE position = " + taken);

        for (String path : new String[] {"", "/items", "/verification", "/corrections"}) {
            HttpResponse<String> answer = server.get(SNAPSHOT + path);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("The event log is damaged", "position " + taken);
        }
    }

    private JsonNode verification() {
        HttpResponse<String> answer = server.get(SNAPSHOT + "/verification");
        assertThat(answer.statusCode()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static long position(JsonNode verification) {
        String problem = verification.at("/log/problem").asString("At position -1:");
        return Long.parseLong(problem.split("[ :]")[2]);
    }

    private void execute(String change) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("data/log.sqlite"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(change)).isEqualTo(1);
        }
    }
}
