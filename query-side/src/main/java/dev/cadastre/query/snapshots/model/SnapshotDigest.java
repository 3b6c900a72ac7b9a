package dev.cadastre.query.snapshots.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digest of what a snapshot shows ({@code docs/formats/snapshot-digest.md}): SHA-256 over a
 * line for each thing, in the order of the lines' bytes. For one thread.
 */
public final class SnapshotDigest {

    /** The format that this computes. */
    public static final int FORMAT = 1;

    /**
     * A digest and what went into it.
     *
     * @param hex the digest, in hexadecimal
     * @param entities how many things, by kind
     */
    public record Result(String hex, Map<String, Long> entities) {

        /** How many things in all. */
        public long count() {
            return entities.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final MessageDigest lines = sha256();
    private final Map<String, Long> entities = new TreeMap<>();

    /**
     * Adds a thing; those before it have smaller lines.
     *
     * @param contentHash SHA-256 of its content, in hexadecimal
     */
    public void add(RegisterKind kind, String id, String contentHash) {
        String line = kind.word() + '\t' + id + '\t' + contentHash + '\n';
        lines.update(line.getBytes(StandardCharsets.UTF_8));
        entities.merge(kind.word(), 1L, Long::sum);
    }

    /** The digest of what was added; nothing can be added afterwards. */
    public Result result() {
        return new Result(HexFormat.of().formatHex(lines.digest()), entities);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
