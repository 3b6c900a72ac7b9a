package dev.cadastre.eventstore.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962 section 2.1. Not thread-safe: one per thread or per piece of work. */
public final class TreeHasher {

    /** Length of every hash, in bytes. */
    public static final int HASH_BYTES = 32;

    private final MessageDigest sha256 = sha256();

    /** The root of the tree without leaves. */
    public byte[] emptyRoot() {
        return sha256.digest();
    }

    public byte[] leaf(byte[] entry) {
        sha256.update((byte) 0);
        return sha256.digest(entry);
    }

    public byte[] node(byte[] left, byte[] right) {
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
