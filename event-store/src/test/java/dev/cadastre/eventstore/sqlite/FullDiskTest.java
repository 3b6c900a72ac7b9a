package dev.cadastre.eventstore.sqlite;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.commit.CommitStore.Insertion;
import dev.cadastre.eventstore.commit.PlacedChangeSet;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that may not grow any further, as on a full disk. */
class FullDiskTest {

    private static final int PAYLOAD_BYTES = 1 << 20;

    @TempDir Path directory;

    @Test
    void a_commit_that_finds_the_disk_full_leaves_nothing_and_fits_once_there_is_room()
            throws SQLException {
        Connection connection = new LogFile(directory.resolve("log.sqlite")).openForWriting();
        try (CommitInsertion insertion = new CommitInsertion(connection)) {
            ReadyCommit commit = commitOf(PAYLOAD_BYTES);
            pragma(connection, "max_page_count = 40");

            assertThatThrownBy(() -> insertion.insert(commit))
                    .isInstanceOf(Unavailable.class)
                    .hasMessage("Writing a commit: the disk is full.");
            assertThat(count(connection, "commits")).isZero();
            assertThat(count(connection, "events")).isZero();
            assertThat(count(connection, "streams")).isZero();

            pragma(connection, "max_page_count = 4000");
            assertThat(insertion.insert(commit)).isEqualTo(Insertion.DURABLE);
            assertThat(insertion.insert(commit)).isEqualTo(Insertion.DURABLE);
            assertThat(insertion.insert(commitOf(1))).isEqualTo(Insertion.SLOT_TAKEN);
            assertThat(count(connection, "events")).isEqualTo(1);
            connection.rollback();
            assertThat(count(connection, "commits")).isEqualTo(1);
        }
    }

    private static ReadyCommit commitOf(int payloadBytes) {
        ChangeSet changeSet =
                changeSet()
                        .event("ci:a", 0, "t", new byte[payloadBytes], null, Long.MAX_VALUE)
                        .build();
        PlacedChangeSet placed =
                new PlacedChangeSet(0, changeSet, new byte[1][16], new byte[1][133]);
        return new ReadyCommit(
                0,
                1,
                new byte[32],
                new byte[32],
                1,
                UUID.randomUUID(),
                1,
                List.of(placed),
                List.of());
    }

    private static void pragma(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA " + setting);
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return row.getLong(1);
        }
    }
}
