package dev.cadastre.query.register.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts bodies together without reading them. */
final class JsonPage {

    private JsonPage() {}

    /**
     * A page: {@code {"items","next","total"}}.
     *
     * @param next a cursor, which is plain text without quotes
     */
    static byte[] page(List<byte[]> bodies, @Nullable String next, long total) {
        ByteArrayOutputStream page = new ByteArrayOutputStream(bodies.size() * 512 + 64);
        write(page, "{\"items\":[");
        for (int i = 0; i < bodies.size(); i++) {
            if (i > 0) {
                page.write(',');
            }
            page.writeBytes(bodies.get(i));
        }
        write(page, "],\"next\":" + (next == null ? "null" : "\"" + next + "\""));
        write(page, ",\"total\":" + total + "}");
        return page.toByteArray();
    }

    /** A digest of what a page shows, besides its cursor. */
    static String digest(List<byte[]> bodies, long total) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            bodies.forEach(
                    body -> {
                        digest.update(body);
                        digest.update((byte) '\n');
                    });
            digest.update(Long.toString(total).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Lines of newline-delimited JSON. */
    static byte[] lines(List<byte[]> bodies) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(bodies.size() * 512);
        for (byte[] body : bodies) {
            lines.writeBytes(body);
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
