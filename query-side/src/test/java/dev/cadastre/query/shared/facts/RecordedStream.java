package dev.cadastre.query.shared.facts;

import dev.cadastre.events.Event;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A stream as if read from a log: positions count by ten, recorded times by a hundred. */
public final class RecordedStream {

    private final String stream;
    private final List<StoredEvent> events = new ArrayList<>();

    public RecordedStream(String stream) {
        this.stream = stream;
    }

    /** Records an event at position 10 n and time 100 n, n being its sequence number. */
    public RecordedStream add(long effectiveAt, Event event) {
        long next = events.size();
        EventJson.Type type = EventJson.typeOf(event);
        Envelope envelope =
                new Envelope(
                        new UUID(0, next),
                        type.name(),
                        type.revision(),
                        stream,
                        next,
                        100 * next,
                        effectiveAt,
                        "person-1",
                        "person-2",
                        new UUID(1, next),
                        "test",
                        new byte[32],
                        new byte[32]);
        events.add(
                new StoredEvent(
                        10 * next,
                        envelope,
                        new byte[0],
                        EventJson.write(event),
                        "{}".getBytes(StandardCharsets.UTF_8),
                        new byte[16]));
        return this;
    }

    public StreamFacts facts() {
        return StreamFacts.of(events);
    }
}
