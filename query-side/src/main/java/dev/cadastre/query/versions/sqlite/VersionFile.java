package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** The layout of the file, and how connections to it are set up. */
final class VersionFile {

    /** Written as {@code PRAGMA application_id}: "Cadv". */
    private static final int APPLICATION_ID = 0x43616476;

    /** Written as {@code PRAGMA user_version}. */
    private static final int FORMAT = 1;

    private VersionFile() {}

    static Connection openForWriting(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // Else each insertion is followed by a query for the row's number.
        config.setGetGeneratedKeys(false);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            int format = number(statement, "PRAGMA user_version");
            if (format > FORMAT) {
                throw new SQLException(
                        "it has format "
                                + format
                                + ", which a newer version wrote; this one knows "
                                + FORMAT);
            }
            statement.execute("PRAGMA page_size = 8192");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA wal_autocheckpoint = 4000");
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + FORMAT);
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS body(key INTEGER PRIMARY KEY, json BLOB NOT NULL)");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS token(one INTEGER PRIMARY KEY CHECK (one = 1),"
                            + " position INTEGER NOT NULL, root BLOB NOT NULL)");
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    static Connection openForReading(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA mmap_size = 1073741824");
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /**
     * The row of a key: ascending as keys are, so that bodies are added at the end of the table.
     */
    static long rowOf(BodyKey key) {
        if (key.position() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the file holds positions below 2^31: " + key);
        }
        return key.position() << 32 | key.version();
    }

    static BodyKey keyOf(long row) {
        return new BodyKey(row >>> 32, (int) row);
    }

    static VersionStoreException cannotOpen(Path file, SQLException e) {
        return new VersionStoreException(
                "Cannot open "
                        + file
                        + ": "
                        + e.getMessage()
                        + ". If it is damaged, delete it: it is rebuilt from the log.",
                e);
    }

    static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException nothingLeftToDo) {
                // Whoever closes has no use for the connection.
            }
        }
    }

    private static int number(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
