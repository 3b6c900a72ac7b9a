package dev.cadastre.eventstore.mongodb;

import dev.cadastre.eventstore.commit.EnvelopeFormat;
import dev.cadastre.eventstore.commit.SaltedDigest;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.mongodb.CommitDocument.EventPart;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts events together from their documents, and checks that payload, metadata and the fields that
 * are copied out for the indexes are what the envelope says. Not thread-safe.
 */
final class EventAssembly {

    private final Blobs blobs;
    private final SaltedDigest digest = new SaltedDigest();

    EventAssembly(Blobs blobs) {
        this.blobs = blobs;
    }

    /** The events that the document holds, which may be some of the commit's. */
    List<StoredEvent> events(CommitDocument commit) {
        Blobs.Pieces pieces = blobs.of(commit.position(), commit.blobs());
        return commit.events().stream().map(part -> event(commit, part, pieces)).toList();
    }

    /** All events of a commit, each in its place. */
    List<StoredEvent> allEvents(CommitDocument commit, int count) {
        List<EventPart> parts = commit.events();
        long missing =
                IntStream.range(0, count)
                        .filter(i -> i >= parts.size() || parts.get(i).place != i)
                        .findFirst()
                        .orElse(-1);
        if (missing >= 0) {
            throw new LogException.Corrupt(commit.position() + missing, "the event is missing");
        }
        if (parts.size() > count) {
            throw new LogException.Corrupt(
                    commit.position() + count, "the commit holds more events than it says");
        }
        return events(commit);
    }

    private StoredEvent event(CommitDocument commit, EventPart part, Blobs.Pieces pieces) {
        long position = commit.position() + part.place;
        Envelope envelope = envelope(position, part.envelope);
        byte[] payload = bytes(position, part.payload, part.payloadRange, pieces);
        byte[] metadata = bytes(position, part.metadata, part.metadataRange, pieces);
        require(
                Arrays.equals(digest.of(part.salt, payload), envelope.payloadDigest()),
                position,
                "the payload is not the one that was recorded");
        require(
                Arrays.equals(digest.of(part.salt, metadata), envelope.metadataDigest()),
                position,
                "the metadata are not those that were recorded");
        require(
                envelope.recordedAt() == commit.recordedAt()
                        && envelope.stream().equals(part.stream)
                        && envelope.sequenceNumber() == part.sequenceNumber
                        && envelope.id().equals(part.id),
                position,
                "the fields beside the envelope are not those in it");
        return new StoredEvent(position, envelope, part.envelope, payload, metadata, part.salt);
    }

    private static Envelope envelope(long position, byte[] bytes) {
        try {
            return EnvelopeFormat.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new LogException.Corrupt(position, "not an envelope: " + e.getMessage());
        }
    }

    private static byte[] bytes(
            long position,
            byte @Nullable [] inline,
            Blobs.@Nullable Range range,
            Blobs.Pieces pieces) {
        if (inline != null) {
            return inline;
        }
        if (range == null) {
            throw new LogException.Corrupt(position, "the event's payload or metadata is missing");
        }
        return pieces.bytes(range);
    }

    private static void require(boolean holds, long position, String otherwise) {
        if (!holds) {
            throw new LogException.Corrupt(position, otherwise);
        }
    }
}
