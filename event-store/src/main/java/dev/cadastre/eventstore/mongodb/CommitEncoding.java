package dev.cadastre.eventstore.mongodb;

import dev.cadastre.eventstore.commit.PlacedChangeSet;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ChangeSet.Claim;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonBinaryWriter;
import org.bson.BsonSerializationException;
import org.bson.BsonWriter;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;

/** Turns a commit into its document, and into blobs where the document would be too large. */
final class CommitEncoding {

    private static final int LARGEST_INLINE = 12 << 20;
    private static final int LARGEST_DOCUMENT = 16 << 20;
    private static final int BESIDES_BYTES_OF_EVENT = 130;

    private CommitEncoding() {}

    /**
     * @param blobs to be stored before the document
     */
    record Encoded(RawBsonDocument document, List<Blobs.Blob> blobs) {}

    /**
     * @throws LogException.TooLarge if no document can hold the commit even without its payloads
     */
    static Encoded encode(ReadyCommit commit) {
        Blobs.Bundle bundle = isLarge(commit) ? new Blobs.Bundle() : null;
        BasicOutputBuffer buffer = new BasicOutputBuffer(4_096);
        try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            writer.writeStartDocument();
            writer.writeInt64(Fields.POSITION, commit.position());
            writer.writeInt32(Fields.EVENT_COUNT, commit.events());
            writeBytes(writer, Fields.PREVIOUS, commit.previous());
            writeBytes(writer, Fields.ROOT, commit.root());
            writer.writeInt64(Fields.RECORDED_AT, commit.recordedAt());
            writeId(writer, Fields.COMMIT_ID, commit.id());
            writer.writeInt64(Fields.EPOCH, commit.epoch());
            writer.writeStartArray(Fields.EVENTS);
            for (PlacedChangeSet placed : commit.changeSets()) {
                writeEvents(writer, placed, commit.position(), bundle);
            }
            writer.writeEndArray();
            List<Blobs.Blob> blobs = bundle == null ? List.of() : bundle.blobs();
            if (!blobs.isEmpty()) {
                writer.writeStartArray(Fields.BLOBS);
                blobs.forEach(blob -> writer.writeBinaryData(new BsonBinary(blob.hash())));
                writer.writeEndArray();
            }
            writeKeysAndClaims(writer, commit);
            writer.writeEndDocument();
            if (buffer.getSize() > LARGEST_DOCUMENT) {
                throw tooLarge(buffer.getSize());
            }
            return new Encoded(new RawBsonDocument(buffer.toByteArray()), blobs);
        } catch (BsonSerializationException e) {
            throw tooLarge(buffer.getSize());
        }
    }

    private static LogException.TooLarge tooLarge(int bytes) {
        return new LogException.TooLarge(
                "The change set's envelopes make a document of %,d bytes; MongoDB takes %,d."
                        .formatted(bytes, LARGEST_DOCUMENT));
    }

    private static boolean isLarge(ReadyCommit commit) {
        long bytes = 0;
        for (PlacedChangeSet placed : commit.changeSets()) {
            ChangeSet changeSet = placed.changeSet();
            for (int i = 0; i < placed.envelopes().length; i++) {
                ProposedEvent event = changeSet.events().get(i);
                bytes += BESIDES_BYTES_OF_EVENT + placed.envelopes()[i].length;
                bytes += event.payload().length + changeSet.metadata().length;
                bytes += 3L * event.stream().length();
                for (String reference : event.references()) {
                    bytes += 3L * reference.length();
                }
            }
        }
        return bytes > LARGEST_INLINE;
    }

    private static void writeEvents(
            BsonWriter writer, PlacedChangeSet placed, long commit, Blobs.Bundle bundle) {
        ChangeSet changeSet = placed.changeSet();
        Blobs.Range metadata = bundle == null ? null : bundle.add(changeSet.metadata());
        int place = (int) (placed.firstPosition() - commit);
        for (int i = 0; i < placed.envelopes().length; i++) {
            ProposedEvent event = changeSet.events().get(i);
            writer.writeStartDocument();
            writer.writeInt32(Fields.PLACE, place + i);
            writeBytes(writer, Fields.ENVELOPE, placed.envelopes()[i]);
            if (bundle == null || metadata == null) {
                writeBytes(writer, Fields.PAYLOAD, event.payload());
                writeBytes(writer, Fields.METADATA, changeSet.metadata());
            } else {
                writeRange(writer, Fields.PAYLOAD, bundle.add(event.payload()));
                writeRange(writer, Fields.METADATA, metadata);
            }
            writeBytes(writer, Fields.SALT, placed.salts()[i]);
            writer.writeString(Fields.STREAM, event.stream());
            writer.writeInt64(Fields.SEQUENCE_NUMBER, event.sequenceNumber());
            writeId(writer, Fields.EVENT_ID, event.id());
            if (!event.references().isEmpty()) {
                writer.writeStartArray(Fields.REFERENCES);
                new LinkedHashSet<>(event.references()).forEach(writer::writeString);
                writer.writeEndArray();
            }
            writer.writeEndDocument();
        }
    }

    /** Fields are left out where there is nothing to tell: an index of null would collide. */
    private static void writeKeysAndClaims(BsonWriter writer, ReadyCommit commit) {
        List<PlacedChangeSet> keyed =
                commit.changeSets().stream()
                        .filter(placed -> placed.changeSet().key() != null)
                        .toList();
        List<PlacedChangeSet> claiming =
                commit.changeSets().stream()
                        .filter(placed -> !placed.changeSet().claims().isEmpty())
                        .toList();
        if (keyed.isEmpty() && claiming.isEmpty()) {
            return;
        }
        writer.writeStartArray(Fields.INDEX_KEYS);
        for (PlacedChangeSet placed : keyed) {
            writer.writeString(Fields.ofKey(placed.changeSet().key().text()));
        }
        for (PlacedChangeSet placed : claiming) {
            for (Claim claim : placed.changeSet().claims()) {
                writer.writeString(Fields.ofClaim(claim.value(), claim.count()));
            }
        }
        writer.writeEndArray();
        if (!keyed.isEmpty()) {
            writer.writeStartArray(Fields.KEYS);
            keyed.forEach(placed -> writeKey(writer, placed, commit.position()));
            writer.writeEndArray();
        }
        if (!claiming.isEmpty()) {
            writer.writeStartArray(Fields.CLAIMS);
            claiming.forEach(placed -> writeClaims(writer, placed, commit.position()));
            writer.writeEndArray();
        }
    }

    private static void writeKey(BsonWriter writer, PlacedChangeSet placed, long commit) {
        ChangeSet.Key key = placed.changeSet().key();
        writer.writeStartDocument();
        writer.writeString(Fields.TEXT, key.text());
        writeBytes(writer, Fields.DIGEST, key.digest());
        writer.writeInt32(Fields.PLACE, (int) (placed.lastPosition() - commit));
        writer.writeEndDocument();
    }

    private static void writeClaims(BsonWriter writer, PlacedChangeSet placed, long commit) {
        int place = (int) (placed.firstPosition() - commit);
        for (Claim claim : placed.changeSet().claims()) {
            writer.writeStartDocument();
            writer.writeString(Fields.TEXT, claim.value());
            writer.writeInt32(Fields.COUNT, claim.count());
            writer.writeInt32(Fields.PLACE, place + claim.event());
            writer.writeString(
                    Fields.STREAM, placed.changeSet().events().get(claim.event()).stream());
            writer.writeEndDocument();
        }
    }

    private static void writeRange(BsonWriter writer, String name, Blobs.Range range) {
        writer.writeStartDocument(name);
        writer.writeInt64(Fields.OFFSET, range.offset());
        writer.writeInt32(Fields.LENGTH, range.length());
        writer.writeEndDocument();
    }

    private static void writeBytes(BsonWriter writer, String name, byte[] bytes) {
        writer.writeBinaryData(name, new BsonBinary(bytes));
    }

    private static void writeId(BsonWriter writer, String name, UUID id) {
        writer.writeBinaryData(name, binary(id));
    }

    static BsonBinary binary(UUID id) {
        return new BsonBinary(
                BsonBinarySubType.UUID_STANDARD,
                ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }
}
