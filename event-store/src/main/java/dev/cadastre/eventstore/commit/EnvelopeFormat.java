package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.eventstore.log.LogException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The bytes of an envelope, format 1; see {@code docs/formats/envelope.md}. Equal fields give equal
 * bytes, and each byte sequence that is accepted has one reading.
 */
public final class EnvelopeFormat {

    static final byte VERSION = 1;

    private static final int RECORDED_AT = 1;
    private static final int EFFECTIVE_AT = 9;
    private static final int SEQUENCE_NUMBER = 17;
    private static final int FIXED_BYTES = 123;
    private static final int STRINGS = 5;
    private static final int MOST_STRING_BYTES = 65_535;
    private static final int DIGEST_BYTES = 32;

    private EnvelopeFormat() {}

    /**
     * @throws IllegalArgumentException if a field is outside its bounds
     * @throws LogException.TooLarge if the bytes would pass {@link Limits#ENVELOPE_BYTES}
     */
    public static byte[] encode(Envelope envelope) {
        byte[] type = utf8("type", envelope.type());
        byte[] stream = utf8("stream", envelope.stream());
        return encode(
                envelope.recordedAt(),
                envelope.effectiveAt(),
                envelope.sequenceNumber(),
                envelope.revision(),
                envelope.id(),
                envelope.changeSet(),
                envelope.payloadDigest(),
                envelope.metadataDigest(),
                type,
                stream,
                utf8("principal", envelope.principal()),
                utf8("actor", envelope.actor()),
                utf8("source", envelope.source()));
    }

    /** As {@link #encode(Envelope)}, of texts that are in UTF-8 already. */
    public static byte[] encode(
            long recordedAt,
            long effectiveAt,
            long sequenceNumber,
            int revision,
            UUID id,
            UUID changeSet,
            byte[] payloadDigest,
            byte[] metadataDigest,
            byte[] type,
            byte[] stream,
            byte[] principal,
            byte[] actor,
            byte[] source) {
        require(sequenceNumber >= 0, "a sequence number is not negative");
        require(revision >= 1 && revision <= 65_535, "a revision lies between 1 and 65,535");
        require(payloadDigest.length == DIGEST_BYTES, "a digest has 32 bytes");
        require(metadataDigest.length == DIGEST_BYTES, "a digest has 32 bytes");
        require(type.length > 0, "a type is not empty");
        require(stream.length > 0, "a stream is not empty");
        if (stream.length > Limits.STREAM_BYTES) {
            throw new LogException.TooLarge(
                    "The stream id has %,d bytes; the log takes %,d."
                            .formatted(stream.length, Limits.STREAM_BYTES));
        }
        long size =
                FIXED_BYTES
                        + 2L * STRINGS
                        + type.length
                        + stream.length
                        + principal.length
                        + actor.length
                        + source.length;
        if (size > Limits.ENVELOPE_BYTES) {
            throw new LogException.TooLarge(
                    "The envelope has %,d bytes; the log takes %,d."
                            .formatted(size, Limits.ENVELOPE_BYTES));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        bytes.put(VERSION);
        bytes.putLong(recordedAt);
        bytes.putLong(effectiveAt);
        bytes.putLong(sequenceNumber);
        bytes.putShort((short) revision);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        bytes.putLong(changeSet.getMostSignificantBits());
        bytes.putLong(changeSet.getLeastSignificantBits());
        bytes.put(payloadDigest).put(metadataDigest);
        putText(bytes, type);
        putText(bytes, stream);
        putText(bytes, principal);
        putText(bytes, actor);
        putText(bytes, source);
        return bytes.array();
    }

    /**
     * Reads an envelope.
     *
     * @throws IllegalArgumentException if the bytes are not exactly one envelope of format 1
     */
    public static Envelope decode(byte[] envelope) {
        require(envelope.length <= Limits.ENVELOPE_BYTES, "an envelope has at most 65,535 bytes");
        require(
                envelope.length >= FIXED_BYTES + 2 * STRINGS,
                "an envelope has at least 133 bytes, this one " + envelope.length);
        ByteBuffer bytes = ByteBuffer.wrap(envelope);
        byte version = bytes.get();
        require(version == VERSION, "format " + (version & 0xff) + " is not known here");
        long recordedAt = bytes.getLong();
        long effectiveAt = bytes.getLong();
        long sequenceNumber = bytes.getLong();
        require(sequenceNumber >= 0, "a sequence number is not negative");
        int revision = bytes.getShort() & 0xffff;
        require(revision >= 1, "a revision is at least 1");
        UUID id = new UUID(bytes.getLong(), bytes.getLong());
        UUID changeSet = new UUID(bytes.getLong(), bytes.getLong());
        byte[] payloadDigest = take(bytes, DIGEST_BYTES);
        byte[] metadataDigest = take(bytes, DIGEST_BYTES);
        String type = takeText(bytes);
        String stream = takeText(bytes);
        String principal = takeText(bytes);
        String actor = takeText(bytes);
        String source = takeText(bytes);
        require(!type.isEmpty(), "a type is not empty");
        require(!stream.isEmpty(), "a stream is not empty");
        require(!bytes.hasRemaining(), bytes.remaining() + " bytes follow the envelope");
        return new Envelope(
                id,
                type,
                revision,
                stream,
                sequenceNumber,
                recordedAt,
                effectiveAt,
                principal,
                actor,
                changeSet,
                source,
                payloadDigest,
                metadataDigest);
    }

    /** The sequence number in an envelope that was checked before. */
    static long sequenceNumber(byte[] envelope) {
        return ByteBuffer.wrap(envelope).getLong(SEQUENCE_NUMBER);
    }

    /**
     * The stream in an envelope.
     *
     * @throws IllegalArgumentException if the bytes are no envelope of format 1
     */
    static String stream(byte[] envelope) {
        ByteBuffer bytes = ByteBuffer.wrap(envelope);
        require(envelope.length > FIXED_BYTES && envelope[0] == VERSION, "not of format 1");
        bytes.position(FIXED_BYTES);
        skipText(bytes);
        return takeText(bytes);
    }

    /** Fills in what is known only in the slot. */
    static void putTimes(byte[] envelope, long recordedAt, long effectiveAt) {
        ByteBuffer bytes = ByteBuffer.wrap(envelope);
        bytes.putLong(RECORDED_AT, recordedAt);
        bytes.putLong(EFFECTIVE_AT, effectiveAt);
    }

    /**
     * The UTF-8 of a text; unlike {@link String#getBytes}, refuses a text that has none (half of a
     * surrogate pair) instead of replacing it.
     */
    public static byte[] utf8(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                require(
                        StandardCharsets.UTF_8.newEncoder().canEncode(text),
                        field + " is not well-formed Unicode");
                break;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void putText(ByteBuffer bytes, byte[] text) {
        bytes.putShort((short) text.length).put(text);
    }

    private static String takeText(ByteBuffer bytes) {
        byte[] text = take(bytes, textLength(bytes));
        return isAscii(text) ? new String(text, StandardCharsets.ISO_8859_1) : decodeStrictly(text);
    }

    private static void skipText(ByteBuffer bytes) {
        int length = textLength(bytes);
        bytes.position(bytes.position() + length);
    }

    private static int textLength(ByteBuffer bytes) {
        require(bytes.remaining() >= 2, "the envelope ends inside a length");
        int length = bytes.getShort() & MOST_STRING_BYTES;
        require(bytes.remaining() >= length, "the envelope ends inside a text");
        return length;
    }

    /** Nearly all texts are: ids and names of types. */
    private static boolean isAscii(byte[] text) {
        for (byte one : text) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    private static String decodeStrictly(byte[] text) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text is not well-formed UTF-8", e);
        }
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
