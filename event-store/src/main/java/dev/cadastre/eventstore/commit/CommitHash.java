package dev.cadastre.eventstore.commit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The hash by which a commit names the one before it; see {@code docs/formats/commit.md}. */
public final class CommitHash {

    private static final byte VERSION = 1;
    private static final int BYTES = 109;

    private CommitHash() {}

    /** What the first commit names as the one before it: 32 zero bytes. */
    public static byte[] none() {
        return new byte[32];
    }

    /** SHA-256 over {@link #bytes}. */
    public static byte[] of(
            long position,
            int events,
            byte[] previous,
            byte[] root,
            long recordedAt,
            UUID id,
            long epoch) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(bytes(position, events, previous, root, recordedAt, id, epoch));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The canonical bytes of a commit, format 1. */
    public static byte[] bytes(
            long position,
            int events,
            byte[] previous,
            byte[] root,
            long recordedAt,
            UUID id,
            long epoch) {
        if (previous.length != 32 || root.length != 32) {
            throw new IllegalArgumentException("a hash has 32 bytes");
        }
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(position)
                .putInt(events)
                .put(previous)
                .put(root)
                .putLong(recordedAt)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(epoch)
                .array();
    }
}
