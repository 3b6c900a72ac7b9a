package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.LeafCheck;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The tiles of leaves in the file. */
final class LeafTiles implements LeafCheck.LeafTiles {

    private static final String TILE = "SELECT hashes FROM tiles WHERE level = 0 AND number = ?";

    private final ReadingConnection connection;

    LeafTiles(ReadingConnection connection) {
        this.connection = connection;
    }

    @Override
    public byte @Nullable [] read(long number) {
        try {
            PreparedStatement statement = connection.prepared(TILE);
            statement.setLong(1, number);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                byte[] hashes = row.getBytes(1);
                return hashes == null ? new byte[0] : hashes;
            }
        } catch (SQLException e) {
            throw Failures.of("Reading a tile", e);
        }
    }
}
