package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.CommitAssembly;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * References, claims and keys by the position of their event. The log's own tables have them by
 * what is asked for instead, so they are sorted once, into tables that go with the connection.
 */
final class BesideEvents {

    private static final List<String> SORTED =
            List.of(
                    "CREATE TEMP TABLE refs_by_position(position INTEGER NOT NULL, name TEXT NOT"
                            + " NULL, PRIMARY KEY(position, name)) WITHOUT ROWID",
                    "INSERT INTO refs_by_position SELECT r.position, s.name FROM refs r"
                            + " JOIN streams s ON s.id = r.target ORDER BY 1, 2",
                    "CREATE TEMP TABLE claims_by_position(position INTEGER NOT NULL, value TEXT"
                            + " NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(position, value,"
                            + " count)) WITHOUT ROWID",
                    "INSERT INTO claims_by_position SELECT position, value, count FROM claims"
                            + " ORDER BY 1, 2, 3",
                    "CREATE TEMP TABLE keys_by_position(position INTEGER PRIMARY KEY, text TEXT NOT"
                            + " NULL, digest BLOB NOT NULL)",
                    "INSERT INTO keys_by_position SELECT last_position, text, digest FROM keys"
                            + " ORDER BY 1");

    private final ReadingConnection connection;

    private BesideEvents(ReadingConnection connection) {
        this.connection = connection;
    }

    /** Sorts what the log holds at this time. */
    static BesideEvents sort(Connection connection, ReadingConnection reading) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : SORTED) {
                statement.execute(sql);
            }
        }
        return new BesideEvents(reading);
    }

    /** What lies beside the events from one position to another, the last one included. */
    CommitAssembly between(long first, long last) throws SQLException {
        CommitAssembly assembly = new CommitAssembly();
        try (ResultSet row = rows("position, name FROM refs_by_position", first, last)) {
            while (row.next()) {
                assembly.reference(row.getLong(1), row.getString(2));
            }
        }
        try (ResultSet row = rows("position, value, count FROM claims_by_position", first, last)) {
            while (row.next()) {
                assembly.claim(row.getLong(1), row.getString(2), row.getInt(3));
            }
        }
        try (ResultSet row = rows("position, text, digest FROM keys_by_position", first, last)) {
            while (row.next()) {
                assembly.key(row.getLong(1), row.getString(2), row.getBytes(3));
            }
        }
        return assembly;
    }

    private ResultSet rows(String what, long first, long last) throws SQLException {
        PreparedStatement statement =
                connection.prepared(
                        "SELECT " + what + " WHERE position BETWEEN ? AND ? ORDER BY 1, 2");
        statement.setLong(1, first);
        statement.setLong(2, last);
        return statement.executeQuery();
    }
}
