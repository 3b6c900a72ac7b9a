package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.store.VersionStoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Bodies as they lie in the file: the JSON itself, or where that is shorter its raw DEFLATE form
 * (RFC 1951) with {@link #DICTIONARY}. JSON begins with a brace, the compressed form with a 1 and
 * the length of the JSON: see {@code docs/formats/version-store.md}. For one thread at a time.
 */
final class BodyCompression implements AutoCloseable {

    private static final byte[] DICTIONARY =
            ("00000.0000Z\"true,false,null\"present\":false,"
                            + "\"custodian\":\"person-\"costCentre\":\"location\":\"warrantyUntil\":\"20"
                            + "\"purchase\":{\"date\":\"20\",\"cost\":{\"amount\":\"\",\"currency\":\"EUR\"}},"
                            + "\"manufacturer\":\"\",\"model\":\"\",\"serialNumber\":\""
                            + "\"assetTag\":\"\",\"type\":\"\",\"name\":\"\",\"state\":\"In use\",\"substate\":\""
                            + "\"class\":\"\",\"name\":\"\",\"lifecycle\":{\"stage\":\"Operational\","
                            + "\"status\":\"In Use\"},\"asset\":\"\",\"attributes\":{},\"relations\":[],"
                            + "{\"id\":\"\",\"class\":\"\",\"attributes\":{\"environment\":\"production\"},"
                            + "\"relations\":[{\"type\":\"partOf\",\"to\":\"\"},{\"type\":\"hostedOn\",\"to\":\"\"}],"
                            + "\"version\":0,\"validFrom\":\"2026-01-01T00:00:00Z\","
                            + "\"recordedFrom\":\"2026-01-01T00:00:00.000000Z\",\"position\":100}")
                    .getBytes(StandardCharsets.US_ASCII);

    private static final int FORM = 1;
    private static final int HEAD = 5;

    private final Deflater deflater = new Deflater(1, true);
    private final Inflater inflater = new Inflater(true);

    byte[] compress(byte[] json) {
        if (json.length <= HEAD) {
            return json;
        }
        deflater.reset();
        deflater.setDictionary(DICTIONARY);
        deflater.setInput(json);
        deflater.finish();
        byte[] out = new byte[json.length];
        int length = deflater.deflate(out, HEAD, out.length - HEAD);
        if (!deflater.finished()) {
            return json;
        }
        out[0] = FORM;
        out[1] = (byte) (json.length >>> 24);
        out[2] = (byte) (json.length >>> 16);
        out[3] = (byte) (json.length >>> 8);
        out[4] = (byte) json.length;
        return Arrays.copyOf(out, HEAD + length);
    }

    byte[] expand(byte[] stored) {
        if (stored.length == 0 || stored[0] != FORM) {
            return stored;
        }
        int length =
                (stored[1] & 0xff) << 24
                        | (stored[2] & 0xff) << 16
                        | (stored[3] & 0xff) << 8
                        | stored[4] & 0xff;
        byte[] json = new byte[length];
        inflater.reset();
        inflater.setDictionary(DICTIONARY);
        inflater.setInput(stored, HEAD, stored.length - HEAD);
        try {
            int expanded = inflater.inflate(json);
            if (expanded != length) {
                throw damaged(null);
            }
            return json;
        } catch (DataFormatException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }

    private static VersionStoreException damaged(@Nullable Throwable cause) {
        return new VersionStoreException(
                "A stored body is damaged. Stop the server, delete versions.sqlite and start it"
                        + " again: the bodies are rebuilt from the log.",
                cause);
    }
}
