package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.MissingBody;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One reading connection with its statement. For one thread at a time. */
final class BodyReader implements AutoCloseable {

    /** Bodies a statement: beyond this many, longer ones gain nothing. */
    private static final int AT_ONCE = 32;

    private static final int FEW = 8;
    private static final String REMEDY =
            "Stop the server, delete versions.sqlite and start it again: the bodies are rebuilt from"
                    + " the log.";

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
        Map<Long, byte[]> stored = HashMap.newHashMap(keys.size());
        List<Long> rows = new ArrayList<>(keys.size());
        for (BodyKey key : keys) {
            rows.add(VersionFile.rowOf(key));
        }
        fetch(rows, stored);
        Set<Long> bases = new HashSet<>();
        for (byte[] body : stored.values()) {
            long base = BodyCompression.rowOfBase(body);
            if (base >= 0 && !stored.containsKey(base)) {
                bases.add(base);
            }
        }
        fetch(List.copyOf(bases), stored);
        List<byte[]> bodies = new ArrayList<>(keys.size());
        for (BodyKey key : keys) {
            bodies.add(expanded(VersionFile.rowOf(key), stored));
        }
        return bodies;
    }

    private byte[] expanded(long row, Map<Long, byte[]> stored) throws SQLException {
        if (!stored.containsKey(row)) {
            fetch(List.of(row), stored);
        }
        byte[] body = stored.get(row);
        if (body == null) {
            throw new MissingBody(VersionFile.keyOf(row), REMEDY);
        }
        long base = BodyCompression.rowOfBase(body);
        if (base < 0) {
            return BodyCompression.expand(body);
        }
        if (base >= row) {
            throw new MissingBody(VersionFile.keyOf(row), REMEDY);
        }
        return BodyCompression.expand(body, expanded(base, stored));
    }

    private void fetch(List<Long> rows, Map<Long, byte[]> into) throws SQLException {
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<Long> some = rows.subList(from, Math.min(from + AT_ONCE, rows.size()));
            if (some.size() < FEW) {
                for (long row : some) {
                    selectOne.setLong(1, row);
                    collect(selectOne, into);
                }
            } else {
                for (int i = 0; i < AT_ONCE; i++) {
                    // A row asked for twice costs nothing: the rest is filled with the last one.
                    selectMany.setLong(i + 1, some.get(Math.min(i, some.size() - 1)));
                }
                collect(selectMany, into);
            }
        }
    }

    private static void collect(PreparedStatement select, Map<Long, byte[]> into)
            throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                into.put(rows.getLong(1), rows.getBytes(2));
            }
        }
    }

    @Override
    public void close() {
        VersionFile.closeQuietly(connection);
    }
}
