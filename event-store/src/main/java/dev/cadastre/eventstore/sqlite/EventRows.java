package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.commit.EnvelopeFormat;
import dev.cadastre.eventstore.commit.SaltedDigest;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Puts events together from their rows. What a row leaves out because a neighbour or the payload
 * tells it - texts, digests, what a change set shares - comes back here, so that the envelope has
 * the very bytes that were hashed.
 */
final class EventRows {

    static final String EVENT_COLUMNS =
            "e.position, e.stream, e.sequence, e.type, e.revision, e.effective_at, e.id_salt,"
                    + " e.payload";
    static final String CHANGE_SET_COLUMNS =
            "s.position, s.id, s.principal, s.actor, s.source, s.metadata";

    private static final int ID_BYTES = 16;

    private final ReadingConnection connection;
    private final Texts streams;
    private final Texts names;
    private final SaltedDigest digest = new SaltedDigest();

    EventRows(ReadingConnection connection, Texts streams, Texts names) {
        this.connection = connection;
        this.streams = streams;
        this.names = names;
    }

    /** What the events of a change set share. */
    record Shared(
            long position,
            UUID id,
            Texts.Text principal,
            Texts.Text actor,
            Texts.Text source,
            byte[] metadata) {}

    /** Reads {@link #CHANGE_SET_COLUMNS}, the first of which is at {@code column}. */
    Shared shared(ResultSet row, int column) throws SQLException {
        long position = row.getLong(column);
        byte[] id = bytes(row, column + 1);
        if (id.length != ID_BYTES) {
            throw new LogException.Corrupt(position, "the change set's id is damaged");
        }
        return new Shared(
                position,
                id(id),
                names.of(connection, row.getLong(column + 2)),
                names.of(connection, row.getLong(column + 3)),
                names.of(connection, row.getLong(column + 4)),
                bytes(row, column + 5));
    }

    /** Reads {@link #EVENT_COLUMNS}, which come first in the row. */
    StoredEvent event(ResultSet row, Shared shared, long recordedAt) throws SQLException {
        long position = row.getLong(1);
        Texts.Text stream = streams.of(connection, row.getLong(2));
        long sequenceNumber = row.getLong(3);
        Texts.Text type = names.of(connection, row.getLong(4));
        int revision = row.getInt(5);
        long stored = row.getLong(6);
        long effectiveAt = stored == 0 && row.wasNull() ? recordedAt : stored;
        byte[] idAndSalt = bytes(row, 7);
        if (idAndSalt.length != ID_BYTES + SaltedDigest.SALT_BYTES) {
            throw new LogException.Corrupt(position, "the event's id and salt are damaged");
        }
        UUID id = id(idAndSalt);
        byte[] salt = Arrays.copyOfRange(idAndSalt, ID_BYTES, idAndSalt.length);
        byte[] payload = bytes(row, 8);
        byte[] payloadDigest = digest.of(salt, payload);
        byte[] metadataDigest = digest.of(salt, shared.metadata());
        byte[] envelopeBytes =
                encode(
                        position,
                        recordedAt,
                        effectiveAt,
                        sequenceNumber,
                        revision,
                        id,
                        shared,
                        payloadDigest,
                        metadataDigest,
                        type,
                        stream);
        Envelope envelope =
                new Envelope(
                        id,
                        type.text(),
                        revision,
                        stream.text(),
                        sequenceNumber,
                        recordedAt,
                        effectiveAt,
                        shared.principal().text(),
                        shared.actor().text(),
                        shared.id(),
                        shared.source().text(),
                        payloadDigest,
                        metadataDigest);
        return new StoredEvent(position, envelope, envelopeBytes, payload, shared.metadata(), salt);
    }

    private static byte[] encode(
            long position,
            long recordedAt,
            long effectiveAt,
            long sequenceNumber,
            int revision,
            UUID id,
            Shared shared,
            byte[] payloadDigest,
            byte[] metadataDigest,
            Texts.Text type,
            Texts.Text stream) {
        try {
            return EnvelopeFormat.encode(
                    recordedAt,
                    effectiveAt,
                    sequenceNumber,
                    revision,
                    id,
                    shared.id(),
                    payloadDigest,
                    metadataDigest,
                    type.utf8(),
                    stream.utf8(),
                    shared.principal().utf8(),
                    shared.actor().utf8(),
                    shared.source().utf8());
        } catch (IllegalArgumentException | LogException.TooLarge e) {
            throw new LogException.Corrupt(position, "not an envelope: " + e.getMessage());
        }
    }

    private static UUID id(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** A zero-length blob reads as null. */
    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }
}
