package dev.cadastre.eventstore.sqlite;

import java.nio.ByteBuffer;
import java.util.UUID;

/** What a commit row holds in one column: the hash before it, the root after it, and its id. */
record Seal(byte[] previous, byte[] root, UUID id) {

    private static final int HASH_BYTES = 32;
    private static final int BYTES = 2 * HASH_BYTES + 16;

    static byte[] bytes(byte[] previous, byte[] root, UUID id) {
        return ByteBuffer.allocate(BYTES)
                .put(previous)
                .put(root)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /**
     * @throws IllegalArgumentException if the column does not have the length of a seal
     */
    static Seal of(byte[] column) {
        if (column.length != BYTES) {
            throw new IllegalArgumentException("a seal has " + BYTES + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(column);
        byte[] previous = new byte[HASH_BYTES];
        byte[] root = new byte[HASH_BYTES];
        bytes.get(previous).get(root);
        return new Seal(previous, root, new UUID(bytes.getLong(), bytes.getLong()));
    }
}
