package dev.cadastre.eventstore.sqlite;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogException.Corrupt;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.log.LogHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a log, most of them while it is written. */
class SqliteBackupTest {

    private static final int EVENTS = 600;

    @TempDir Path directory;

    private Path data;
    private Path backup;

    @BeforeEach
    void writeSomeHistory() {
        data = directory.resolve("it's data");
        backup = directory.resolve("backup.sqlite");
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC())) {
            for (int i = 0; i < EVENTS; i++) {
                log.append(
                        changeSet()
                                .event("ci:a", i, "ci.related", "ci:b")
                                .claim("v", i)
                                .key("key:" + i, utf8("d"))
                                .build());
            }
        }
    }

    private LogHead backUp() {
        return EmbeddedLog.backUp(data, backup, _ -> {});
    }

    /** Opens the backup as the log of a directory of its own. */
    private EventLog restored() throws IOException {
        Path restored = Files.createDirectory(directory.resolve("restored"));
        Files.copy(backup, restored.resolve("log.sqlite"));
        return EmbeddedLog.open(restored, Clock.systemUTC());
    }

    @Test
    void a_backup_is_the_log_and_goes_on_as_one() throws IOException {
        LogHead head = backUp();

        try (EventLog log = restored()) {
            assertThat(log.head()).usingRecursiveComparison().isEqualTo(head);
            assertThat(LogVerification.of(log)).isEqualTo(EVENTS);
            assertThat(log.key("key:7").orElseThrow().lastPosition()).isEqualTo(7);
            assertThat(log.claims("v")).hasSize(EVENTS);
            assertThat(log.referencing("ci:b")).containsExactly("ci:a");
            assertThat(log.append(oneEvent("ci:a", EVENTS)).join().firstPosition())
                    .isEqualTo(EVENTS);
        }
    }

    @Test
    void a_backup_of_a_log_being_written_ends_with_a_whole_commit_and_lacks_nothing_before()
            throws IOException {
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC())) {
            long before = log.head().size();
            List<CompletableFuture<?>> outcomes = new ArrayList<>();
            for (int i = EVENTS; i < EVENTS + 3_000; i++) {
                outcomes.add(log.append(oneEvent("ci:a", i)));
            }
            LogHead head = backUp();
            outcomes.forEach(CompletableFuture::join);

            assertThat(head.size()).isBetween(before, log.head().size());
            Commit last = log.commits(head.lastCommit(), 1).getFirst();
            assertThat(head.root()).isEqualTo(last.root());
            assertThat(head.size()).isEqualTo(last.lastPosition() + 1);
            assertThat(LogVerification.of(log)).isEqualTo(EVENTS + 3_000);
        }
        try (EventLog log = restored()) {
            assertThat(log.readOnlyReason()).isEmpty();
        }
    }

    @Test
    void a_backup_is_never_overwritten() throws IOException {
        Files.writeString(backup, "yesterday's");

        assertThatThrownBy(this::backUp)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("is there already");
        assertThat(backup).hasContent("yesterday's");
    }

    @Test
    void a_damaged_log_gives_no_backup() throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("log.sqlite"));
                var statement = connection.createStatement()) {
            statement.execute("UPDATE events SET payload = x'7b7d' WHERE position = 100");
        }

        assertThatThrownBy(this::backUp)
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("At position 100");
        assertThat(directory).isDirectoryNotContaining("glob:**backup*");
    }

    @Test
    void a_place_that_cannot_be_written_or_holds_no_log_is_named() {
        backup = directory.resolve("nowhere").resolve("backup.sqlite");
        assertThatThrownBy(this::backUp).isInstanceOf(Unavailable.class);
        data = directory.resolve("nothing");
        assertThatThrownBy(this::backUp)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("There is no log");
        assertThat(data).doesNotExist();
    }
}
