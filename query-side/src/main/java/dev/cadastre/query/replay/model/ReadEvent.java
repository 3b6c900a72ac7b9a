package dev.cadastre.query.replay.model;

import dev.cadastre.events.Event;
import dev.cadastre.events.Retraction;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;

/** An event of the log and what it says. */
record ReadEvent(StoredEvent stored, Event event) {

    static ReadEvent of(StoredEvent stored) {
        Envelope envelope = stored.envelope();
        return new ReadEvent(
                stored, EventJson.read(envelope.type(), envelope.revision(), stored.payload()));
    }

    boolean isRetraction() {
        return event instanceof Retraction;
    }

    String stream() {
        return stored.envelope().stream();
    }

    long effectiveAt() {
        return stored.envelope().effectiveAt();
    }
}
