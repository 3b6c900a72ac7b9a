package dev.cadastre.eventstore.merkle;

/**
 * A full tile of the tree as in C2SP {@code tlog-tiles}: 256 hashes that never change again.
 *
 * @param level 0 for leaf hashes; a hash of level n + 1 is the root of a tile of level n
 * @param number counted from 0 within the level
 * @param hashes 256 hashes of 32 bytes, one after the other
 */
public record Tile(int level, long number, byte[] hashes) {

    /** Hashes in a full tile. */
    public static final int WIDTH = 256;

    /** Length of a full tile, in bytes. */
    public static final int BYTES = WIDTH * TreeHasher.HASH_BYTES;

    public Tile {
        if (hashes.length != BYTES) {
            throw new IllegalArgumentException("a full tile has " + BYTES + " bytes");
        }
    }
}
