package dev.cadastre.eventstore.sqlite;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody changed the file behind the log's back. */
class DamagedLogTest {

    private static final int EVENTS = 600;

    private static byte[] history;

    @TempDir Path directory;

    @BeforeAll
    static void writeSomeHistory(@TempDir Path original) throws IOException {
        try (EventLog log = EmbeddedLog.open(original, Clock.systemUTC())) {
            for (int i = 0; i < EVENTS; i += 3) {
                log.append(
                                changeSet()
                                        .event("ci:a", i)
                                        .event("ci:a", i + 1)
                                        .event("ci:a", i + 2)
                                        .build())
                        .join();
            }
        }
        history = Files.readAllBytes(original.resolve("log.sqlite"));
    }

    @BeforeEach
    void layOutTheHistory() throws IOException {
        Files.write(directory.resolve("log.sqlite"), history);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 | UPDATE events SET payload = x'7b7d' WHERE position = 100",
                "100 | UPDATE events SET effective_at = 7 WHERE position = 100",
                "100 | UPDATE events SET type = 1 WHERE position = 100",
                "100 | UPDATE events SET id_salt = x'00' WHERE position = 100",
                "100 | UPDATE events SET sequence = 9999 WHERE position = 100",
                "102 | UPDATE change_sets SET metadata = x'7b7d' WHERE position = 102",
                "102 | UPDATE change_sets SET actor = 1, principal = 2 WHERE position = 102",
                "100 | DELETE FROM events WHERE position = 100",
                "102 | UPDATE commits SET recorded_at = recorded_at + 1 WHERE position = 102",
                "102 | DELETE FROM commits WHERE position = 102",
                "102 | UPDATE commits SET epoch = 5 WHERE position = 99",
                "102 | UPDATE commits SET seal = x'00' WHERE position = 102",
                "100 | UPDATE tiles SET hashes = zeroblob(8192) WHERE number = 0",
            })
    void a_change_is_found_by_reading_and_ends_writing(long position, String change)
            throws SQLException {
        execute(change);

        try (EventLog log = open()) {
            assertThatThrownBy(() -> log.commits(position, 10)).isInstanceOf(Corrupt.class);

            assertThat(log.readOnlyReason()).isPresent();
            assertThatThrownBy(() -> log.append(oneEvent("ci:b", 0)).join())
                    .hasCauseInstanceOf(Unavailable.class)
                    .hasMessageContaining("contradicts itself");
            assertThat(log.commits(300, 10)).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE events SET payload = x'7b7d' WHERE position = 599",
                "DELETE FROM events WHERE position = 598",
                "DELETE FROM commits WHERE position = 597",
                "DELETE FROM tiles WHERE number = 1",
                "UPDATE commits SET epoch = 9 WHERE position = 594",
            })
    void a_change_at_the_end_is_found_at_opening_and_reading_goes_on(String change)
            throws SQLException {
        execute(change);

        try (EventLog log = open()) {
            assertThat(log.readOnlyReason()).get().asString().contains("contradicts itself");
            assertThatThrownBy(() -> log.append(oneEvent("ci:b", 0)).join())
                    .hasCauseInstanceOf(Unavailable.class);
            assertThat(log.commits(0, 10)).hasSize(4);
        }
    }

    @Test
    void a_single_bit_of_a_payload_is_noticed() throws IOException {
        byte[] payload = "{\"stream\":\"ci:a\",\"n\":100}".getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve("log.sqlite");
        byte[] bytes = Files.readAllBytes(file);
        bytes[indexOf(bytes, payload) + 5] ^= 1;
        Files.write(file, bytes);

        try (EventLog log = open()) {
            assertThatThrownBy(() -> log.commits(100, 1))
                    .isInstanceOf(Corrupt.class)
                    .hasMessage("At position 100: the event is not the one that was recorded");
        }
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        Path file = directory.resolve("log.sqlite");
        Files.write(
                file, "no SQLite file, whatever its name says".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("log.sqlite");
    }

    @Test
    void a_newer_format_is_refused_with_what_to_do() throws SQLException {
        execute("PRAGMA user_version = 2");

        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("has format 2")
                .hasMessageContaining("Run the newer version");
    }

    @Test
    void the_file_of_another_program_is_refused() throws SQLException {
        execute("PRAGMA application_id = 1");

        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("not a log of Cadastre");
    }

    @Test
    void a_refused_opening_lets_go_of_the_directory() throws SQLException {
        execute("PRAGMA user_version = 2");
        assertThatThrownBy(this::open).isInstanceOf(CannotOpen.class);
        execute("PRAGMA user_version = 1");

        try (EventLog log = open()) {
            assertThat(log.head().size()).isEqualTo(EVENTS);
        }
    }

    private EventLog open() {
        return EmbeddedLog.open(directory, Clock.systemUTC());
    }

    private void execute(String sql) throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("log.sqlite");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int from = 0; from <= bytes.length - part.length; from++) {
            if (Arrays.mismatch(bytes, from, from + part.length, part, 0, part.length) < 0) {
                return from;
            }
        }
        throw new IllegalArgumentException("not in the file");
    }
}
