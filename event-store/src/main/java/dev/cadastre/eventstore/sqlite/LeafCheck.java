package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.merkle.Tile;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Compares events with the tree, as far as its tiles are full: whatever was changed in an event,
 * its leaf is another. The few events behind the last full tile are compared when the log is
 * opened.
 */
final class LeafCheck {

    private static final String TILE = "SELECT hashes FROM tiles WHERE level = 0 AND number = ?";

    private final ReadingConnection connection;
    private final TreeHasher hasher = new TreeHasher();
    private long number = -1;
    private byte[] hashes = new byte[0];

    LeafCheck(ReadingConnection connection) {
        this.connection = connection;
    }

    void check(StoredEvent event) throws SQLException {
        long tile = event.position() / Tile.WIDTH;
        if (tile != number) {
            hashes = read(tile);
            number = tile;
        }
        if (hashes.length == 0) {
            return;
        }
        int from = (int) (event.position() % Tile.WIDTH) * TreeHasher.HASH_BYTES;
        byte[] leaf = hasher.leaf(event.envelopeBytes());
        if (!Arrays.equals(leaf, 0, leaf.length, hashes, from, from + TreeHasher.HASH_BYTES)) {
            throw new LogException.Corrupt(
                    event.position(), "the event is not the one that was recorded");
        }
    }

    private byte[] read(long tile) throws SQLException {
        PreparedStatement statement = connection.prepared(TILE);
        statement.setLong(1, tile);
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return new byte[0];
            }
            byte[] bytes = row.getBytes(1);
            if (bytes == null || bytes.length != Tile.BYTES) {
                throw new LogException.Corrupt(tile * Tile.WIDTH, "the tile is damaged");
            }
            return bytes;
        }
    }
}
