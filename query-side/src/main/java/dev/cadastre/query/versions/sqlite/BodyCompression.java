package dev.cadastre.query.versions.sqlite;

import dev.cadastre.query.versions.store.VersionStoreException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bodies as they lie in the file: the JSON itself, or where that is shorter an LZ4 block after a
 * dictionary of what bodies have in common; see {@code docs/formats/version-store.md}. LZ4, because
 * on bodies of a few hundred bytes DEFLATE took more time than everything else that is done with
 * them. For one thread at a time.
 */
final class BodyCompression {

    private static final byte[] DICTIONARY =
            ("00000.0000Z\"true,false,\"present\":false,"
                            + "\"custodian\":\"person-\",\"costCentre\":\"\",\"location\":\""
                            + "\",\"warrantyUntil\":\"20\",\"serialNumber\":\"\",\"purchase\":"
                            + "{\"date\":\"20\",\"cost\":{\"amount\":\"\",\"currency\":\"EUR\"}},"
                            + "\"manufacturer\":\"\",\"model\":\"\",\"assetTag\":\"\",\"type\":\""
                            + "\",\"name\":\"\",\"state\":\"In use\",\"substate\":\"Available\","
                            + "\"In stock\",\"state\":\"Retired\",\"substate\":\"Disposed\""
                            + "{\"id\":\"\",\"class\":\"server\",\"name\":\"\",\"lifecycle\":"
                            + "{\"stage\":\"Operational\",\"status\":\"In Use\"},\"asset\":\"\","
                            + "\"attributes\":{\"environment\":\"production\",\"\":\"\"},"
                            + "\"relations\":[{\"type\":\"partOf\",\"to\":\"\"},"
                            + "{\"type\":\"hostedOn\",\"to\":\"\"}],\"attributes\":{},"
                            + "\"relations\":[],\"version\":0,\"validFrom\":\"2026-01-01T00:00:00Z"
                            + "\",\"recordedFrom\":\"2026-01-01T00:00:00.000000Z\",\"position\":1")
                    .getBytes(StandardCharsets.US_ASCII);

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** First byte of a compressed body; JSON begins with a brace. */
    private static final byte ALONE = 1;

    /** First byte of a body compressed after another one, whose row follows the length. */
    private static final byte AFTER_ANOTHER = 2;

    private static final int LENGTH_AT = 1;
    private static final int HEAD = 5;
    private static final int HEAD_WITH_ROW = 13;
    private static final byte[] NO_BASE = new byte[0];
    private static final int LEAST_MATCH = 4;
    private static final int FARTHEST = 65_535;
    private static final int HASH_BITS = 12;

    /** The block format wants the last bytes as they are, and the last match well before them. */
    private static final int LAST_LITERALS = 5;

    private static final int LAST_MATCH_BEFORE_END = 12;
    private static final int[] OF_DICTIONARY = placesInDictionary();

    private final int[] places = new int[1 << HASH_BITS];
    private byte[] work = DICTIONARY.clone();
    private byte[] block = new byte[0];
    private int written;

    private static int[] placesInDictionary() {
        int[] places = new int[1 << HASH_BITS];
        Arrays.fill(places, -FARTHEST - 1);
        for (int i = 0; i + LEAST_MATCH <= DICTIONARY.length; i++) {
            places[hash((int) INT.get(DICTIONARY, i))] = i;
        }
        return places;
    }

    private static int hash(int fourBytes) {
        return fourBytes * 0x9E3779B1 >>> 32 - HASH_BITS;
    }

    /** The form of a body for itself. */
    byte[] compress(byte[] json) {
        prepare(json, NO_BASE);
        block[0] = ALONE;
        written = HEAD;
        return compressed(json, NO_BASE);
    }

    /**
     * The form of a body that resembles another one.
     *
     * @param row where the other one lies
     */
    byte[] compress(byte[] json, long row, byte[] base) {
        prepare(json, base);
        block[0] = AFTER_ANOTHER;
        LONG.set(block, HEAD, row);
        written = HEAD_WITH_ROW;
        int end = DICTIONARY.length + base.length;
        for (int i = DICTIONARY.length; i + LEAST_MATCH <= end; i++) {
            places[hash((int) INT.get(work, i))] = i;
        }
        return compressed(json, base);
    }

    private void prepare(byte[] json, byte[] base) {
        int end = DICTIONARY.length + base.length + json.length;
        if (work.length < end) {
            work = Arrays.copyOf(DICTIONARY, 2 * end);
            block = new byte[HEAD_WITH_ROW + 2 * end + 2 * end / 255 + 16];
        }
        System.arraycopy(base, 0, work, DICTIONARY.length, base.length);
        System.arraycopy(json, 0, work, DICTIONARY.length + base.length, json.length);
        System.arraycopy(OF_DICTIONARY, 0, places, 0, places.length);
        INT.set(block, LENGTH_AT, json.length);
    }

    private byte[] compressed(byte[] json, byte[] base) {
        int literals = DICTIONARY.length + base.length;
        int end = literals + json.length;
        for (int at = literals; at <= end - LAST_MATCH_BEFORE_END; ) {
            int fourBytes = (int) INT.get(work, at);
            int hash = hash(fourBytes);
            int match = places[hash];
            places[hash] = at;
            if (at - match <= FARTHEST && (int) INT.get(work, match) == fourBytes) {
                int length = matching(match, at, end - LAST_LITERALS);
                write(literals, at, at - match, length);
                at += length;
                literals = at;
            } else {
                at++;
            }
        }
        write(literals, end, 0, 0);
        return written < json.length ? Arrays.copyOf(block, written) : json;
    }

    private int matching(int match, int at, int limit) {
        int length = LEAST_MATCH;
        while (at + length < limit && work[match + length] == work[at + length]) {
            length++;
        }
        return length;
    }

    /** One sequence: literals, then a match; the last sequence has none. */
    private void write(int from, int to, int distance, int matchLength) {
        int literals = to - from;
        int more = distance == 0 ? 0 : matchLength - LEAST_MATCH;
        block[written++] = (byte) (Math.min(literals, 15) << 4 | Math.min(more, 15));
        writeLength(literals);
        System.arraycopy(work, from, block, written, literals);
        written += literals;
        if (distance > 0) {
            block[written++] = (byte) distance;
            block[written++] = (byte) (distance >>> 8);
            writeLength(more);
        }
    }

    private void writeLength(int length) {
        if (length >= 15) {
            int rest = length - 15;
            for (; rest >= 255; rest -= 255) {
                block[written++] = (byte) 255;
            }
            block[written++] = (byte) rest;
        }
    }

    /** The row of the body that one needs to expand this one; -1 for none. */
    static long rowOfBase(byte[] stored) {
        return stored.length >= HEAD_WITH_ROW && stored[0] == AFTER_ANOTHER
                ? (long) LONG.get(stored, HEAD)
                : -1;
    }

    /** The JSON of a body that needs no other one. */
    static byte[] expand(byte[] stored) {
        return stored.length < HEAD || stored[0] != ALONE ? stored : expand(stored, HEAD, NO_BASE);
    }

    /** The JSON of a body that was compressed after another one. */
    static byte[] expand(byte[] stored, byte[] base) {
        return expand(stored, HEAD_WITH_ROW, base);
    }

    private static byte[] expand(byte[] stored, int at, byte[] base) {
        try {
            return new Expansion(stored, at, base).json();
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new VersionStoreException(
                    "A stored body is damaged. Stop the server, delete versions.sqlite and start it"
                            + " again: the bodies are rebuilt from the log.",
                    e);
        }
    }

    /** Reads one block; runs off an array if it is damaged. */
    private static final class Expansion {
        private final byte[] block;
        private final byte[] base;
        private final byte[] json;
        private int at;
        private int filled;

        private Expansion(byte[] stored, int at, byte[] base) {
            this.block = stored;
            this.at = at;
            this.base = base;
            this.json = new byte[(int) INT.get(stored, LENGTH_AT)];
        }

        private byte[] json() {
            while (true) {
                int token = block[at++] & 0xff;
                int literals = length(token >>> 4);
                System.arraycopy(block, at, json, filled, literals);
                at += literals;
                filled += literals;
                if (at == block.length) {
                    if (filled != json.length) {
                        throw new IndexOutOfBoundsException(filled);
                    }
                    return json;
                }
                int distance = block[at++] & 0xff | (block[at++] & 0xff) << 8;
                copy(filled - distance, LEAST_MATCH + length(token & 15));
            }
        }

        private int length(int inToken) {
            int length = inToken;
            if (inToken == 15) {
                int more;
                do {
                    more = block[at++] & 0xff;
                    length += more;
                } while (more == 255);
            }
            return length;
        }

        private void copy(int from, int length) {
            int place = from;
            int end = filled + length;
            for (; place < 0 && filled < end; place++) {
                int inBase = base.length + place;
                json[filled++] =
                        inBase >= 0 ? base[inBase] : DICTIONARY[DICTIONARY.length + inBase];
            }
            if (filled == end) {
                return;
            }
            if (place + (end - filled) <= filled) {
                System.arraycopy(json, place, json, filled, end - filled);
                filled = end;
            } else {
                // The match runs into what it writes: byte by byte, as the format means it.
                while (filled < end) {
                    json[filled++] = json[place++];
                }
            }
        }
    }
}
