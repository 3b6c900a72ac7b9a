package dev.cadastre.query.shared.list;

import dev.cadastre.query.shared.time.Coordinates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins. A cursor carries the coordinates of the first page, so that all pages
 * show the same instant while the log goes on, and a digest of the query, so that it is refused
 * with another one. Opaque to callers.
 *
 * @param coordinates of every page
 * @param offset number of items before the next page
 * @param query digest of everything that decides which items come in which order
 */
public record Cursor(Coordinates coordinates, long offset, long query) {

    private static final byte FORMAT = 1;
    private static final int LENGTH = 1 + 1 + 4 * Long.BYTES + Long.BYTES;
    private static final int CHECK = 8;

    /** A digest of a query's canonical text. */
    public static long digest(String canonicalQuery) {
        return ByteBuffer.wrap(sha256(canonicalQuery.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH + CHECK);
        bytes.put(FORMAT);
        bytes.put((byte) ((coordinates.isFinal() ? 1 : 0) | (coordinates.isMemento() ? 2 : 0)));
        bytes.putLong(coordinates.asOf());
        bytes.putLong(coordinates.knownAt());
        bytes.putLong(coordinates.position());
        bytes.putLong(offset);
        bytes.putLong(query);
        bytes.put(check(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads a cursor.
     *
     * @throws dev.cadastre.http.problem.ProblemException if it was not made by {@link #encode} for
     *     this query
     */
    public static Cursor decode(String text, long query) {
        byte[] bytes = bytes(text);
        if (bytes == null) {
            throw refusal("The cursor is damaged. Take it unchanged from the page before.");
        }
        Cursor cursor = read(bytes);
        if (cursor.query != query) {
            throw refusal(
                    "The cursor belongs to another query. Send it with the same filters, sort,"
                            + " asOf and knownAt as the page it came from.");
        }
        return cursor;
    }

    private static byte @Nullable [] bytes(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            boolean whole =
                    bytes.length == LENGTH + CHECK
                            && bytes[0] == FORMAT
                            && Arrays.equals(
                                    check(bytes),
                                    Arrays.copyOfRange(bytes, LENGTH, LENGTH + CHECK));
            return whole ? bytes : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static Cursor read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        byte flags = in.get();
        Coordinates coordinates =
                new Coordinates(
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        (flags & 1) != 0,
                        (flags & 2) != 0);
        return new Cursor(coordinates, in.getLong(), in.getLong());
    }

    /** The coordinates in one or several cursors joined by dots, the last; null if unreadable. */
    public static @Nullable Coordinates coordinatesOf(String text) {
        byte[] bytes = bytes(text.substring(text.lastIndexOf('.') + 1));
        return bytes == null ? null : read(bytes).coordinates();
    }

    private static byte[] check(byte[] bytes) {
        return Arrays.copyOf(sha256(Arrays.copyOf(bytes, LENGTH)), CHECK);
    }

    private static RuntimeException refusal(String detail) {
        return Parameters.refused("cursor", detail);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
