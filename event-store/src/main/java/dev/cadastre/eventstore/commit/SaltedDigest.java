package dev.cadastre.eventstore.commit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over a salt and the bytes it goes with, so that nobody who sees only the digest can tell
 * a guess of the bytes from a wrong one. Not thread-safe.
 */
public final class SaltedDigest {

    /** Length of a salt, in bytes. */
    public static final int SALT_BYTES = 16;

    private final MessageDigest sha256;

    public SaltedDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public byte[] of(byte[] salt, byte[] bytes) {
        sha256.update(salt);
        return sha256.digest(bytes);
    }
}
