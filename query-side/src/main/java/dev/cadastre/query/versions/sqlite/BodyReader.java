package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.MissingBody;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One reading connection with its statement. For one thread at a time. */
final class BodyReader implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement select;
    private final BodyCompression compression = new BodyCompression();

    BodyReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.select = connection.prepareStatement("SELECT json FROM body WHERE key = ?");
    }

    List<byte[]> read(List<BodyKey> keys) throws SQLException {
        List<byte[]> bodies = new ArrayList<>(keys.size());
        for (BodyKey key : keys) {
            select.setLong(1, VersionFile.rowOf(key));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new MissingBody(key);
                }
                bodies.add(compression.expand(row.getBytes(1)));
            }
        }
        return bodies;
    }

    @Override
    public void close() {
        compression.close();
        VersionFile.closeQuietly(connection);
    }
}
