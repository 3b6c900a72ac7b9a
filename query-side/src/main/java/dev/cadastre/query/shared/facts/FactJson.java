package dev.cadastre.query.shared.facts;

import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How answers tell of an event: where it lies, when it counts, who recorded it, and why. */
public final class FactJson {

    private static final List<String> METADATA =
            List.of("reason", "change", "correlation", "causation");

    private FactJson() {}

    /** Everything about an event but what it says. */
    public static ObjectNode of(StoredEvent event) {
        Envelope envelope = event.envelope();
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("sequenceNumber", envelope.sequenceNumber());
        json.put("position", event.position());
        json.put("id", envelope.id().toString());
        json.put("type", envelope.type());
        json.put("effectiveAt", InstantText.format(envelope.effectiveAt()));
        json.put("recordedAt", InstantText.format(envelope.recordedAt()));
        json.put("principal", envelope.principal());
        json.put("actor", envelope.actor());
        json.put("source", envelope.source());
        json.put("changeSet", envelope.changeSet().toString());
        JsonNode metadata = HttpJson.mapper().readTree(event.metadata());
        for (String name : METADATA) {
            JsonNode value = metadata.get(name);
            if (value != null && !value.isNull()) {
                json.set(name, value);
            }
        }
        return json;
    }
}
