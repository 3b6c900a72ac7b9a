package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.log.LogException.CannotOpen;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** The SQLite file of the log: how connections to it are made, and its tables. */
final class LogFile {

    /** Of the tables; the envelope and the commit have formats of their own. */
    static final int FORMAT = 1;

    /** "Cada" in ASCII. */
    private static final int APPLICATION_ID = 0x43616461;

    private static final int PAGE_BYTES = 8_192;
    private static final int WAL_PAGES_BEFORE_CHECKPOINT = 4_000;
    private static final int WRITER_CACHE_KIB = 64 * 1_024;
    private static final int READER_CACHE_KIB = 16 * 1_024;

    private static final List<String> TABLES =
            List.of(
                    // seal: previous (32), root (32), id (16)
                    "CREATE TABLE commits(position INTEGER PRIMARY KEY, events INTEGER NOT NULL,"
                            + " recorded_at INTEGER NOT NULL, epoch INTEGER NOT NULL,"
                            + " seal BLOB NOT NULL)",
                    // position: of its first event; place: how far that is behind the commit's
                    // first
                    "CREATE TABLE change_sets(position INTEGER PRIMARY KEY,"
                            + " place INTEGER NOT NULL, id BLOB NOT NULL,"
                            + " principal INTEGER NOT NULL, actor INTEGER NOT NULL,"
                            + " source INTEGER NOT NULL, metadata BLOB NOT NULL)",
                    // place: in its change set, from 0; effective_at: null where it equals
                    // recorded_at; id_salt: id (16), salt (16)
                    "CREATE TABLE events(position INTEGER PRIMARY KEY,"
                            + " place INTEGER NOT NULL, stream INTEGER NOT NULL,"
                            + " sequence INTEGER NOT NULL, type INTEGER NOT NULL,"
                            + " revision INTEGER NOT NULL, effective_at INTEGER,"
                            + " id_salt BLOB NOT NULL, payload BLOB NOT NULL)",
                    "CREATE UNIQUE INDEX events_by_stream ON events(stream, sequence)",
                    "CREATE TABLE streams(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
                    // of types, principals, actors and sources
                    "CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
                    "CREATE TABLE keys(text TEXT NOT NULL PRIMARY KEY, digest BLOB NOT NULL,"
                            + " last_position INTEGER NOT NULL) WITHOUT ROWID",
                    "CREATE TABLE claims(value TEXT NOT NULL, count INTEGER NOT NULL, position"
                            + " INTEGER NOT NULL, PRIMARY KEY(value, count)) WITHOUT ROWID",
                    // target: the stream that the event at the position depends on
                    "CREATE TABLE refs(target INTEGER NOT NULL, position INTEGER NOT NULL,"
                            + " PRIMARY KEY(target, position)) WITHOUT ROWID",
                    "CREATE TABLE tiles(level INTEGER NOT NULL, number INTEGER NOT NULL,"
                            + " hashes BLOB NOT NULL, PRIMARY KEY(level, number)) WITHOUT ROWID");

    private final Path path;

    LogFile(Path path) {
        this.path = path;
    }

    /** Opens the one writing connection; makes the tables in a new file. */
    Connection openForWriting() {
        try {
            Connection connection = connect(WRITER_CACHE_KIB);
            try {
                prepare(connection);
                connection.setAutoCommit(false);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new CannotOpen("The log " + path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    Connection openForReading() throws SQLException {
        Connection connection = connect(READER_CACHE_KIB);
        execute(connection, "PRAGMA query_only=1");
        return connection;
    }

    /**
     * Opens an existing log so that nothing is written to it.
     *
     * @throws CannotOpen if it is none, or its format is newer
     */
    Connection openExisting() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setCacheSize(-READER_CACHE_KIB);
        config.setBusyTimeout(10_000);
        Connection connection = config.createConnection("jdbc:sqlite:" + path);
        try {
            checkFormat(pragma(connection, "application_id"), pragma(connection, "user_version"));
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connect(int cacheKib) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(PAGE_BYTES);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-cacheKib);
        config.setBusyTimeout(10_000);
        // Else each insertion is followed by a query for the row's number.
        config.setGetGeneratedKeys(false);
        config.setPragma(
                SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT,
                Integer.toString(WAL_PAGES_BEFORE_CHECKPOINT));
        return config.createConnection("jdbc:sqlite:" + path);
    }

    private void prepare(Connection connection) throws SQLException {
        int application = pragma(connection, "application_id");
        int format = pragma(connection, "user_version");
        if (application == 0 && format == 0 && pragma(connection, "schema_version") == 0) {
            connection.setAutoCommit(false);
            for (String table : TABLES) {
                execute(connection, table);
            }
            execute(connection, "PRAGMA application_id=" + APPLICATION_ID);
            execute(connection, "PRAGMA user_version=" + FORMAT);
            connection.commit();
            return;
        }
        checkFormat(application, format);
    }

    private void checkFormat(int application, int format) {
        if (application != APPLICATION_ID) {
            throw new CannotOpen(path + " is a SQLite file, but not a log of Cadastre.", null);
        }
        if (format > FORMAT) {
            throw new CannotOpen(
                    "The log "
                            + path
                            + " has format "
                            + format
                            + "; this version reads up to format "
                            + FORMAT
                            + ". Run the newer version.",
                    null);
        }
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA " + name)) {
            return answer.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
