package dev.cadastre.query.versions.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** The layout of the file of the current register. */
final class CurrentFile {

    /** Columns that take an asset's member of the same name as it is. */
    static final List<String> ASSET_TEXTS =
            List.of(
                    "assetTag",
                    "type",
                    "name",
                    "state",
                    "substate",
                    "manufacturer",
                    "model",
                    "serialNumber",
                    "warrantyUntil",
                    "location",
                    "custodian",
                    "costCentre",
                    "ci");

    /** Written as {@code PRAGMA application_id}: "Cadc". */
    private static final int APPLICATION_ID = 0x43616463;

    /** Written as {@code PRAGMA user_version}. */
    private static final int FORMAT = 1;

    private static final String PROVENANCE =
            "attributes TEXT NOT NULL, version INTEGER NOT NULL, validFrom TEXT NOT NULL,"
                    + " recordedFrom TEXT NOT NULL, position INTEGER NOT NULL)";

    private static final List<String> LAYOUT =
            List.of(
                    "CREATE TABLE IF NOT EXISTS current_assets(id TEXT PRIMARY KEY NOT NULL, "
                            + String.join(" TEXT, ", ASSET_TEXTS)
                            + " TEXT, purchaseDate TEXT, purchaseOrderNumber TEXT,"
                            + " purchaseSupplier TEXT, purchaseAmount TEXT, purchaseCurrency TEXT, "
                            + PROVENANCE,
                    "CREATE TABLE IF NOT EXISTS current_cis(id TEXT PRIMARY KEY NOT NULL,"
                            + " class TEXT NOT NULL, name TEXT, stage TEXT, status TEXT, asset TEXT, "
                            + PROVENANCE,
                    "CREATE TABLE IF NOT EXISTS current_relations(source TEXT NOT NULL, type TEXT NOT"
                            + " NULL, target TEXT NOT NULL, PRIMARY KEY (source, type, target))"
                            + " WITHOUT ROWID",
                    "CREATE INDEX IF NOT EXISTS current_relations_target ON"
                            + " current_relations(target, type)",
                    "CREATE TABLE IF NOT EXISTS token(one INTEGER PRIMARY KEY CHECK (one = 1),"
                            + " position INTEGER NOT NULL, root BLOB NOT NULL, asOf INTEGER NOT"
                            + " NULL)");

    private CurrentFile() {}

    static Connection open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setGetGeneratedKeys(false);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            refuseNewer(statement);
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + FORMAT);
            for (String table : LAYOUT) {
                statement.execute(table);
            }
            return connection;
        } catch (SQLException e) {
            VersionFile.closeQuietly(connection);
            throw e;
        }
    }

    private static void refuseNewer(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            int format = row.next() ? row.getInt(1) : 0;
            if (format > FORMAT) {
                throw new SQLException(
                        "it has format "
                                + format
                                + ", which a newer version wrote; this one knows "
                                + FORMAT);
            }
        }
    }
}
