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

    /** The full tiles of level 0. */
    @FunctionalInterface
    public interface LeafTiles {

        /** Reads the hashes of a tile; null if it is not stored. */
        byte @Nullable [] read(long number);

        /**
         * What holds where a tile and an event contradict each other.
         *
         * @param contradicted the hashes as they were read
         * @return the same if they are right, so that the event is not; or those that the log
         *     proves; null if the tile is not full
         */
        default byte @Nullable [] settled(long number, byte[] contradicted) {
            return contradicted;
        }
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
            hashes = tiles.read(tile);
            number = tile;
        }
        byte[] leaf = hasher.leaf(event.envelopeBytes());
        if (hashes == null || holds(leaf, event.position(), hashes)) {
            return;
        }
        hashes = tiles.settled(tile, hashes);
        if (hashes != null && !holds(leaf, event.position(), hashes)) {
            throw new LogException.Corrupt(
                    event.position(), "the event is not the one that was recorded");
        }
    }

    private static boolean holds(byte[] leaf, long position, byte[] hashes) {
        int from = (int) (position % Tile.WIDTH) * TreeHasher.HASH_BYTES;
        return hashes.length == Tile.BYTES
                && Arrays.equals(leaf, 0, leaf.length, hashes, from, from + TreeHasher.HASH_BYTES);
    }
}
