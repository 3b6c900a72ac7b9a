package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.MissingBody;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One reading connection with its statement. For one thread at a time. */
final class BodyReader implements AutoCloseable {

    /** Bodies a statement: beyond this many, longer ones gain nothing. */
    private static final int AT_ONCE = 32;

    private static final int FEW = 8;

    private final Connection connection;
    private final PreparedStatement selectOne;
    private final PreparedStatement selectMany;

    BodyReader(Connection connection) throws SQLException {
        this.connection = connection;
        String select = "SELECT key, json FROM body WHERE key ";
        this.selectOne = connection.prepareStatement(select + "= ?");
        this.selectMany =
                connection.prepareStatement(select + "IN (" + "?, ".repeat(AT_ONCE - 1) + "?)");
    }

    List<byte[]> read(List<BodyKey> keys) throws SQLException {
        Map<Long, byte[]> found = HashMap.newHashMap(keys.size());
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<BodyKey> some = keys.subList(from, Math.min(from + AT_ONCE, keys.size()));
            if (some.size() < FEW) {
                for (BodyKey key : some) {
                    selectOne.setLong(1, VersionFile.rowOf(key));
                    collect(selectOne, found);
                }
            } else {
                for (int i = 0; i < AT_ONCE; i++) {
                    // A row asked for twice costs nothing: the rest is filled with the last one.
                    BodyKey key = some.get(Math.min(i, some.size() - 1));
                    selectMany.setLong(i + 1, VersionFile.rowOf(key));
                }
                collect(selectMany, found);
            }
        }
        List<byte[]> bodies = new ArrayList<>(keys.size());
        for (BodyKey key : keys) {
            byte[] body = found.get(VersionFile.rowOf(key));
            if (body == null) {
                throw new MissingBody(key);
            }
            bodies.add(body);
        }
        return bodies;
    }

    private static void collect(PreparedStatement select, Map<Long, byte[]> found)
            throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.put(rows.getLong(1), BodyCompression.expand(rows.getBytes(2)));
            }
        }
    }

    @Override
    public void close() {
        VersionFile.closeQuietly(connection);
    }
}
