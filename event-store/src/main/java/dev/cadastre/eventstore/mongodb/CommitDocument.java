package dev.cadastre.eventstore.mongodb;

import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.log.LogException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BSONException;
import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What one document says of a commit, or as much of it as was asked for. Fields may stand in any
 * order, and unknown ones are passed over; what is needed and absent, or of another type, makes the
 * log corrupt.
 */
final class CommitDocument {

    private static final int HASH_BYTES = 32;

    private long position = -1;
    private int count;
    private byte[] previous = new byte[0];
    private byte[] root = new byte[0];
    private long recordedAt;
    private @Nullable UUID id;
    private long epoch;
    private final List<EventPart> events = new ArrayList<>();
    private final List<byte[]> blobs = new ArrayList<>();
    private final List<KeyPart> keys = new ArrayList<>();
    private final List<ClaimPart> claims = new ArrayList<>();

    private CommitDocument() {}

    /** An event as it stands in the array of its commit. Bytes are inline, or lie in blobs. */
    static final class EventPart {
        int place = -1;
        byte[] envelope = new byte[0];
        byte @Nullable [] payload;
        byte @Nullable [] metadata;
        Blobs.@Nullable Range payloadRange;
        Blobs.@Nullable Range metadataRange;
        byte[] salt = new byte[0];
        String stream = "";
        long sequenceNumber = -1;
        @Nullable UUID id;
        List<String> references = List.of();

        private void read(BsonReader reader) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                switch (reader.readName()) {
                    case Fields.PLACE -> place = reader.readInt32();
                    case Fields.ENVELOPE -> envelope = bytes(reader);
                    case Fields.PAYLOAD -> {
                        if (reader.getCurrentBsonType() == BsonType.DOCUMENT) {
                            payloadRange = range(reader);
                        } else {
                            payload = bytes(reader);
                        }
                    }
                    case Fields.METADATA -> {
                        if (reader.getCurrentBsonType() == BsonType.DOCUMENT) {
                            metadataRange = range(reader);
                        } else {
                            metadata = bytes(reader);
                        }
                    }
                    case Fields.SALT -> salt = bytes(reader);
                    case Fields.STREAM -> stream = reader.readString();
                    case Fields.SEQUENCE_NUMBER -> sequenceNumber = reader.readInt64();
                    case Fields.EVENT_ID -> id = uuid(reader);
                    case Fields.REFERENCES -> {
                        List<String> read = new ArrayList<>();
                        each(reader, it -> read.add(it.readString()));
                        references = read;
                    }
                    default -> reader.skipValue();
                }
            }
            reader.readEndDocument();
        }
    }

    /** An idempotency key with the place of the last event of its change set. */
    record KeyPart(String text, byte[] digest, int place) {}

    /** A claim with the place and the stream of its event. */
    record ClaimPart(String value, int count, int place, String stream) {}

    /**
     * @throws LogException.Corrupt if it is not the document of a commit
     */
    static CommitDocument read(RawBsonDocument document) {
        CommitDocument read = new CommitDocument();
        try (BsonReader reader = document.asBsonReader()) {
            read.read(reader);
        } catch (BSONException | IllegalArgumentException e) {
            throw new LogException.Corrupt(
                    read.position, "the document is not that of a commit: " + e.getMessage());
        }
        return read;
    }

    private void read(BsonReader reader) {
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case Fields.POSITION -> position = reader.readInt64();
                case Fields.EVENT_COUNT -> count = reader.readInt32();
                case Fields.PREVIOUS -> previous = bytes(reader);
                case Fields.ROOT -> root = bytes(reader);
                case Fields.RECORDED_AT -> recordedAt = reader.readInt64();
                case Fields.COMMIT_ID -> id = uuid(reader);
                case Fields.EPOCH -> epoch = reader.readInt64();
                case Fields.EVENTS -> each(reader, this::readEvent);
                case Fields.BLOBS -> each(reader, it -> blobs.add(bytes(it)));
                case Fields.KEYS -> each(reader, this::readKey);
                case Fields.CLAIMS -> each(reader, this::readClaim);
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
    }

    private void readEvent(BsonReader reader) {
        EventPart event = new EventPart();
        event.read(reader);
        events.add(event);
    }

    private void readKey(BsonReader reader) {
        String text = "";
        byte[] digest = new byte[0];
        int place = 0;
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case Fields.TEXT -> text = reader.readString();
                case Fields.DIGEST -> digest = bytes(reader);
                case Fields.PLACE -> place = reader.readInt32();
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        keys.add(new KeyPart(text, digest, place));
    }

    private void readClaim(BsonReader reader) {
        String value = "";
        int number = 0;
        int place = 0;
        String stream = "";
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case Fields.TEXT -> value = reader.readString();
                case Fields.COUNT -> number = reader.readInt32();
                case Fields.PLACE -> place = reader.readInt32();
                case Fields.STREAM -> stream = reader.readString();
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        claims.add(new ClaimPart(value, number, place, stream));
    }

    long position() {
        return position;
    }

    @Nullable UUID id() {
        return id;
    }

    long recordedAt() {
        return recordedAt;
    }

    List<EventPart> events() {
        return events;
    }

    List<byte[]> blobs() {
        return blobs;
    }

    List<KeyPart> keys() {
        return keys;
    }

    List<ClaimPart> claims() {
        return claims;
    }

    CommitHeader header() {
        if (position < 0
                || count < 1
                || previous.length != HASH_BYTES
                || root.length != HASH_BYTES
                || id == null) {
            throw new LogException.Corrupt(position, "the commit's document is damaged");
        }
        return new CommitHeader(position, count, previous, root, recordedAt, id, epoch);
    }

    @FunctionalInterface
    private interface Element {
        void read(BsonReader reader);
    }

    private static void each(BsonReader reader, Element element) {
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            element.read(reader);
        }
        reader.readEndArray();
    }

    private static byte[] bytes(BsonReader reader) {
        return reader.readBinaryData().getData();
    }

    private static UUID uuid(BsonReader reader) {
        BsonBinary binary = reader.readBinaryData();
        if (binary.getData().length != 16) {
            throw new IllegalArgumentException("a UUID has 16 bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(binary.getData());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static Blobs.Range range(BsonReader reader) {
        long offset = -1;
        int length = -1;
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case Fields.OFFSET -> offset = reader.readInt64();
                case Fields.LENGTH -> length = reader.readInt32();
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        return new Blobs.Range(offset, length);
    }
}
