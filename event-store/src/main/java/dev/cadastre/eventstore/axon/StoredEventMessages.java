package dev.cadastre.eventstore.axon;

import dev.cadastre.events.Event;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/** Stored events as Axon's messages. */
final class StoredEventMessages {

    private StoredEventMessages() {}

    static DomainEventMessage<Event> domainEvent(StoredEvent stored) {
        Envelope envelope = stored.envelope();
        return new GenericDomainEventMessage<>(
                StreamId.parse(envelope.stream()).kind(),
                envelope.stream(),
                envelope.sequenceNumber(),
                EventJson.read(envelope.type(), envelope.revision(), stored.payload()),
                metadata(envelope, StoredMetadata.read(stored.metadata())),
                envelope.id().toString(),
                Microseconds.toInstant(envelope.recordedAt()));
    }

    static TrackedEventMessage<Event> tracked(StoredEvent stored) {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(stored.position()), domainEvent(stored));
    }

    private static Map<String, Object> metadata(Envelope envelope, StoredMetadata stored) {
        Map<String, Object> metadata = new HashMap<>(16);
        metadata.put(EventMetadata.PRINCIPAL, envelope.principal());
        metadata.put(EventMetadata.ACTOR, envelope.actor());
        metadata.put(EventMetadata.SOURCE, envelope.source());
        metadata.put(EventMetadata.EFFECTIVE_AT, envelope.effectiveAt());
        metadata.put(EventMetadata.RECORDED_AT, envelope.recordedAt());
        metadata.put(EventMetadata.CHANGE_SET, envelope.changeSet().toString());
        putIfKnown(metadata, EventMetadata.REASON, stored.reason());
        putIfKnown(metadata, EventMetadata.CHANGE, stored.change());
        putIfKnown(metadata, EventMetadata.CORRELATION, stored.correlation());
        putIfKnown(metadata, EventMetadata.CAUSATION, stored.causation());
        putIfKnown(metadata, EventMetadata.TRACE, stored.trace());
        return metadata;
    }

    private static void putIfKnown(
            Map<String, Object> metadata, String name, @Nullable String value) {
        if (value != null) {
            metadata.put(name, value);
        }
    }
}
