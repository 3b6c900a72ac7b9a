package dev.cadastre.eventstore.commit;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.commit.LogCopy.Copied;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.config.LogPlace;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that moves from one store to another. */
class LogCopyTest {

    private static final int COMMITS = 200;

    private static TestServer mongodb;
    private static byte[] history;

    @TempDir Path directory;

    private Path source;
    private Path target;

    @BeforeAll
    static void writeSomeHistory(@TempDir Path original) throws IOException {
        mongodb = MongoServers.emulator();
        write(original, 0, COMMITS);
        history = Files.readAllBytes(original.resolve("log.sqlite"));
    }

    @AfterAll
    static void stop() {
        mongodb.close();
    }

    @BeforeEach
    void layOutTheHistory() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        target = directory.resolve("target");
        Files.write(source.resolve("log.sqlite"), history);
    }

    private static void write(Path place, int from, int to) {
        try (EventLog log = EmbeddedLog.open(place, Clock.systemUTC())) {
            for (int i = from; i < to; i++) {
                log.append(
                                changeSet()
                                        .event("ci:a", 2L * i, "ci.related", "ci:target")
                                        .event("ci:a", 2L * i + 1)
                                        .claim("v", i)
                                        .key("key:" + i, utf8("d"))
                                        .build())
                        .join();
            }
        }
    }

    private static Copied copy(LogPlace from, LogPlace to) {
        return from.copyTo(to, _ -> {}, _ -> {});
    }

    private Copied copy() {
        return copy(new LogPlace.Directory(source), new LogPlace.Directory(target));
    }

    private static LogHead head(LogPlace place) {
        try (CommitSource opened = place.openSource()) {
            return opened.head();
        }
    }

    @Test
    void it_moves_to_a_database_and_back_and_leaves_the_source_as_it_is() throws IOException {
        try (TestDatabase there = mongodb.freshDatabase()) {
            LogPlace database = new LogPlace.Database(there.uri(), true);

            Copied moved = copy(new LogPlace.Directory(source), database);
            Copied back = copy(database, new LogPlace.Directory(target));

            assertThat(moved.head().size()).isEqualTo(2 * COMMITS);
            assertThat(back).usingRecursiveComparison().isEqualTo(moved);
            assertThat(Files.readAllBytes(source.resolve("log.sqlite"))).isEqualTo(history);
            try (EventLog log = EmbeddedLog.open(target, Clock.systemUTC())) {
                assertThat(LogVerification.of(log)).isEqualTo(2 * COMMITS);
                assertThat(log.key("key:7").orElseThrow().lastPosition()).isEqualTo(15);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, COMMITS})
    void a_copy_that_was_cut_off_goes_on_where_it_was(int commits) {
        try (FaultyStore cutOff = new FaultyStore(openedTarget())) {
            for (int i = 0; i < commits; i++) {
                cutOff.next(FaultyStore.NONE);
            }
            cutOff.next(
                    (_, _) -> {
                        throw new IllegalStateException("cut off");
                    });
            try (CommitSource from = new LogPlace.Directory(source).openSource()) {
                if (commits < COMMITS) {
                    assertThatThrownBy(() -> LogCopy.of(from, cutOff, _ -> {}))
                            .hasMessage("cut off");
                } else {
                    LogCopy.of(from, cutOff, _ -> {});
                }
            }
        }

        Copied rest = copy();

        assertThat(rest.begin()).isEqualTo(2L * commits);
        assertThat(rest.commits()).isEqualTo(COMMITS - commits);
        assertThat(rest.head())
                .usingRecursiveComparison()
                .isEqualTo(head(new LogPlace.Directory(source)));
    }

    @Test
    void a_copy_that_is_killed_leaves_whole_commits_and_goes_on() throws Exception {
        write(source, COMMITS, 800);
        LogHead head = head(new LogPlace.Directory(source));
        long held = 0;
        for (int kill = 0; kill < 2 && held < head.size(); kill++) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    CopyingProcess.class.getName(),
                                    source.toString(),
                                    target.toString())
                            .redirectError(directory.resolve("errors.txt").toFile())
                            .start();
            try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
                assertThat(lines.readLine()).isEqualTo(Long.toString(head.size()));
                assertThat(lines.readLine()).isNotNull();
                process.destroyForcibly().waitFor();
            }
            try (EventLog log = EmbeddedLog.open(target, Clock.systemUTC())) {
                assertThat(log.head().size()).isBetween(held + 1, head.size());
                assertThat(LogVerification.of(log)).isEqualTo(log.head().size());
                held = log.head().size();
            }
        }

        Copied rest = copy();

        assertThat(rest.begin()).isEqualTo(held);
        assertThat(rest.head()).usingRecursiveComparison().isEqualTo(head);
    }

    @Test
    void a_source_that_grows_meanwhile_is_followed_to_its_end() {
        try (TestDatabase there = mongodb.freshDatabase()) {
            LogPlace database = new LogPlace.Database(there.uri(), true);
            copy(new LogPlace.Directory(source), database);
            try (EventLog writing = MongoLog.open(there.uri(), true, Clock.systemUTC())) {
                AtomicInteger more = new AtomicInteger();
                Copied copied =
                        database.copyTo(
                                new LogPlace.Directory(target),
                                _ -> {},
                                _ -> {
                                    if (more.get() < 3) {
                                        writing.append(oneEvent("ci:more", more.getAndIncrement()))
                                                .join();
                                    }
                                });

                assertThat(copied.head().size()).isEqualTo(2 * COMMITS + 3);
                assertThat(copied.head()).usingRecursiveComparison().isEqualTo(writing.head());
            }
        }
    }

    private CommitStore openedTarget() {
        return new LogPlace.Directory(target).openTarget();
    }

    @Test
    void an_insertion_of_which_nobody_heard_is_made_once() {
        try (FaultyStore to = new FaultyStore(openedTarget());
                CommitSource from = new LogPlace.Directory(source).openSource()) {
            to.next(FaultyStore.ANSWER_LOST, FaultyStore.REQUEST_LOST);

            Copied copied = LogCopy.of(from, to, _ -> {});

            assertThat(copied.commits()).isEqualTo(COMMITS);
            assertThat(to.inserted()).hasSize(COMMITS + 2);
            assertThat(new HashSet<>(to.inserted())).hasSize(COMMITS);
        }
    }

    @Test
    void a_target_with_another_history_is_refused_naming_where_they_part() throws IOException {
        Files.createDirectory(target);
        Files.write(target.resolve("log.sqlite"), history);
        cutOff(target, 60);
        write(target, 30, 90);

        assertThatThrownBy(this::copy)
                .isInstanceOf(OtherHistory.class)
                .hasMessageContaining("differ is at position 60")
                .extracting(refusal -> ((OtherHistory) refusal).position())
                .isEqualTo(60L);
        assertThat(head(new LogPlace.Directory(target)).size()).isEqualTo(180);
    }

    @Test
    void a_target_that_is_newer_than_the_source_is_refused() throws IOException {
        Files.createDirectory(target);
        Files.write(target.resolve("log.sqlite"), history);
        cutOff(source, 60);

        assertThatThrownBy(this::copy)
                .isInstanceOf(OtherHistory.class)
                .hasMessageContaining("ends at position 60");
    }

    @Test
    void an_unrelated_target_parts_from_the_first_position_on() {
        write(target, 0, 3);

        assertThatThrownBy(this::copy)
                .isInstanceOf(OtherHistory.class)
                .hasMessageContaining("differ is at position 0");
    }

    @Test
    void another_writer_to_the_target_is_noticed() {
        try (FaultyStore to = new FaultyStore(openedTarget());
                CommitSource from = new LogPlace.Directory(source).openSource()) {
            to.next(FaultyStore.NONE, (_, _) -> CommitStore.Insertion.SLOT_TAKEN);

            assertThatThrownBy(() -> LogCopy.of(from, to, _ -> {}))
                    .isInstanceOf(OtherHistory.class)
                    .hasMessageContaining("Another process writes to the target");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "300 | UPDATE events SET payload = x'7b7d' WHERE position = 300",
                "300 | UPDATE events SET effective_at = 7 WHERE position = 300",
                "300 | UPDATE events SET id_salt = zeroblob(32) WHERE position = 300",
                "300 | UPDATE change_sets SET metadata = x'7b7d' WHERE position = 300",
                "300 | UPDATE commits SET epoch = 5 WHERE position = 298",
                "300 | DELETE FROM commits WHERE position = 300",
                "300 | DELETE FROM events WHERE position = 300",
            })
    void a_damaged_source_is_copied_up_to_the_damage(long position, String change)
            throws SQLException {
        execute(source, change);

        assertThatThrownBy(this::copy)
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("At position " + position);
        try (EventLog log = EmbeddedLog.open(target, Clock.systemUTC())) {
            assertThat(log.head().size()).isLessThanOrEqualTo(300);
            assertThat(LogVerification.of(log)).isEqualTo(log.head().size());
        }
    }

    @Test
    void a_source_that_a_server_has_open_is_refused() {
        try (EventLog running = EmbeddedLog.open(source, Clock.systemUTC())) {
            assertThat(running.head().size()).isPositive();
            assertThatThrownBy(this::copy)
                    .isInstanceOf(CannotOpen.class)
                    .hasMessageContaining("in use by process");
        }
    }

    @Test
    void a_place_without_a_log_is_no_source_and_stays_empty() {
        LogPlace nowhere = new LogPlace.Directory(directory.resolve("nowhere"));
        LogPlace nothing = new LogPlace.Database(mongodb.uri() + "/nothing", true);

        assertThatThrownBy(nowhere::openSource)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("There is no log");
        assertThat(directory.resolve("nowhere")).doesNotExist();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(nothing::openSource)
                    .isInstanceOf(CannotOpen.class)
                    .hasMessageContaining("The database nothing holds no log");
        }
    }

    @Test
    void a_server_that_is_not_there_is_said_to_be_away() {
        LogPlace away = new LogPlace.Database("mongodb://127.0.0.1:1/x", true);

        assertThatThrownBy(() -> copy(new LogPlace.Directory(source), away))
                .isInstanceOf(Unavailable.class);
    }

    private static void cutOff(Path place, long size) {
        try {
            execute(place, "DELETE FROM commits WHERE position >= " + size);
            execute(place, "DELETE FROM events WHERE position >= " + size);
            execute(place, "DELETE FROM change_sets WHERE position >= " + size);
            execute(place, "DELETE FROM refs WHERE position >= " + size);
            execute(place, "DELETE FROM claims WHERE position >= " + size);
            execute(place, "DELETE FROM keys WHERE last_position >= " + size);
            execute(place, "DELETE FROM tiles WHERE level = 0 AND number >= " + size / 256);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Path place, String change) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + place.resolve("log.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        }
    }
}
