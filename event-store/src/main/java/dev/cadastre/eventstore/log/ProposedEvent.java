package dev.cadastre.eventstore.log;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of a change set, before the log has taken it.
 *
 * @param stream the stream's text form, at most {@value Limits#STREAM_BYTES} bytes of UTF-8
 * @param sequenceNumber its place in the stream; the log refuses it unless it is the next one
 * @param id a UUID that no other event has; checked within the change set only, because stream and
 *     sequence number are what makes an event unique
 * @param type stable type name
 * @param revision revision of the type's stored form
 * @param payload the stored JSON
 * @param effectiveAt microseconds since 1970, or null: the commit's recorded time
 * @param recordedBefore where {@code effectiveAt} is null: the log refuses the change set if its
 *     recorded time would not lie before this, so that a decision taken for "now" still holds;
 *     {@link Long#MAX_VALUE} for no bound
 * @param references streams that this event depends on (relation targets, classes, linked assets)
 */
public record ProposedEvent(
        String stream,
        long sequenceNumber,
        UUID id,
        String type,
        int revision,
        byte[] payload,
        @Nullable Long effectiveAt,
        long recordedBefore,
        List<String> references) {
    public ProposedEvent {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(payload, "payload");
        references = List.copyOf(references);
    }

    /** The same event under another bound. */
    public ProposedEvent recordedBefore(long bound) {
        return new ProposedEvent(
                stream,
                sequenceNumber,
                id,
                type,
                revision,
                payload,
                effectiveAt,
                bound,
                references);
    }
}
