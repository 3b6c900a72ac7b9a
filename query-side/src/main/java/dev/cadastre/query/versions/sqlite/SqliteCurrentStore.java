package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.store.CurrentRow;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentTable;
import dev.cadastre.query.versions.store.CurrentToken;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;

/**
 * The current register in one SQLite file that other programs can open to read; its format is
 * {@code docs/formats/current-register.md}. Rows and token move in one transaction.
 */
public final class SqliteCurrentStore implements CurrentStore {

    private static final List<String> TABLES =
            List.of("current_assets", "current_cis", "current_relations", "token");

    private final Connection connection;
    private final CurrentTables tables;
    private final PreparedStatement setToken;

    private SqliteCurrentStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.tables = new CurrentTables(connection);
        this.setToken =
                connection.prepareStatement(
                        "INSERT OR REPLACE INTO token(one, position, root, asOf)"
                                + " VALUES (1, ?, ?, ?)");
    }

    /**
     * Opens the file, or makes it.
     *
     * @throws VersionStoreException if it cannot be opened or its format is newer
     */
    public static SqliteCurrentStore open(Path file) {
        Connection connection = null;
        try {
            connection = CurrentFile.open(file);
            return new SqliteCurrentStore(connection);
        } catch (SQLException e) {
            VersionFile.closeQuietly(connection);
            throw VersionFile.cannotOpen(file, e);
        }
    }

    /** The embedded log has one process, and this is it. */
    @Override
    public boolean isClaimed() {
        return true;
    }

    @Override
    public boolean isClaimedByAnother() {
        return false;
    }

    @Override
    public CurrentToken token() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT position, root, asOf FROM token")) {
            return row.next()
                    ? new CurrentToken(row.getLong(1), row.getBytes(2), row.getLong(3))
                    : CurrentToken.NOTHING;
        } catch (SQLException e) {
            throw cannot("read the token", e);
        }
    }

    @Override
    public void write(Iterator<List<CurrentRow>> rows, CurrentToken token) {
        if (!token.isAfter(token())) {
            return;
        }
        inTransaction(
                "write",
                () -> {
                    while (rows.hasNext()) {
                        for (CurrentRow row : rows.next()) {
                            if (row.table() == CurrentTable.ASSETS) {
                                tables.putAsset(row);
                            } else {
                                tables.putCi(row);
                            }
                        }
                    }
                    setToken.setLong(1, token.position());
                    setToken.setBytes(2, token.root());
                    setToken.setLong(3, token.asOf());
                    setToken.executeUpdate();
                });
    }

    @Override
    public void clear() {
        inTransaction(
                "be cleared",
                () -> {
                    try (Statement statement = connection.createStatement()) {
                        for (String table : TABLES) {
                            statement.executeUpdate("DELETE FROM " + table);
                        }
                    }
                });
    }

    @Override
    public void close() {
        VersionFile.closeQuietly(connection);
    }

    /** What is done in one transaction. */
    private interface Work {
        void run() throws SQLException;
    }

    private void inTransaction(String what, Work work) {
        boolean done = false;
        try {
            connection.setAutoCommit(false);
            work.run();
            connection.commit();
            done = true;
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw cannot(what, e);
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    private void rollback() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException alreadyBroken) {
            // The failure that led here is the one to tell.
        }
    }

    private static VersionStoreException cannot(String what, SQLException e) {
        return new VersionStoreException(
                "The current register cannot " + what + ": " + e.getMessage(), e);
    }
}
