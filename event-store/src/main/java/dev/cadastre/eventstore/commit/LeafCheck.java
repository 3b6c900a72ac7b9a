package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.merkle.Tile;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compares events with the tree, as far as its tiles are full: whatever was changed in an event,
 * its leaf is another. The few events behind the last full tile are compared when the log is
 * opened. Not thread-safe.
 */
public final class LeafCheck {

    /** Reads the hashes of a full tile of level 0; null if it is not stored. */
    @FunctionalInterface
    public interface LeafTiles {
        byte @Nullable [] read(long number);
    }

    private final LeafTiles tiles;
    private final TreeHasher hasher = new TreeHasher();
    private long number = -1;
    private byte @Nullable [] hashes;

    public LeafCheck(LeafTiles tiles) {
        this.tiles = tiles;
    }

    /**
     * @throws LogException.Corrupt if the event is not the one whose leaf is in the tree
     */
    public void check(StoredEvent event) {
        long tile = event.position() / Tile.WIDTH;
        if (tile != number) {
            hashes = read(tile);
            number = tile;
        }
        if (hashes == null) {
            return;
        }
        int from = (int) (event.position() % Tile.WIDTH) * TreeHasher.HASH_BYTES;
        byte[] leaf = hasher.leaf(event.envelopeBytes());
        if (!Arrays.equals(leaf, 0, leaf.length, hashes, from, from + TreeHasher.HASH_BYTES)) {
            throw new LogException.Corrupt(
                    event.position(), "the event is not the one that was recorded");
        }
    }

    private byte @Nullable [] read(long tile) {
        byte[] read = tiles.read(tile);
        if (read != null && read.length != Tile.BYTES) {
            throw new LogException.Corrupt(tile * Tile.WIDTH, "the tile is damaged");
        }
        return read;
    }
}
