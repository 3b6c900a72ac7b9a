package dev.cadastre.query.changes.http;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.changes.model.ChangeEffect;
import dev.cadastre.query.changes.model.ChangeEffect.KnownState;
import dev.cadastre.query.changes.model.RecordedChange;
import dev.cadastre.query.shared.difference.JsonPatch;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How change sets, and what they did, read. */
final class ChangeJson {

    /** The columns of change sets as CSV. */
    static final List<String> COLUMNS =
            List.of(
                    "changeSet",
                    "firstPosition",
                    "lastPosition",
                    "recordedAt",
                    "earliestEffectiveAt",
                    "latestEffectiveAt",
                    "principal",
                    "actor",
                    "source",
                    "reason",
                    "change",
                    "unplanned",
                    "eventCount",
                    "entityCount",
                    "entities");

    /** The columns of what a change set did as CSV. */
    static final List<String> EFFECT_COLUMNS =
            List.of(
                    "kind",
                    "id",
                    "asOf",
                    "change",
                    "versionBefore",
                    "versionAfter",
                    "before",
                    "after",
                    "patch",
                    "events");

    private ChangeJson() {}

    static ObjectNode of(RecordedChange change) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("changeSet", change.id().toString());
        json.put("firstPosition", change.firstPosition());
        json.put("lastPosition", change.lastPosition());
        json.put("recordedAt", InstantText.format(change.recordedAt()));
        json.put("earliestEffectiveAt", InstantText.format(change.earliestEffectiveAt()));
        json.put("latestEffectiveAt", InstantText.format(change.latestEffectiveAt()));
        json.put("principal", change.principal());
        json.put("actor", change.actor());
        json.put("source", change.source());
        StoredMetadata metadata = change.metadata();
        putKnown(json, "reason", metadata.reason());
        putKnown(json, "change", metadata.change());
        putKnown(json, "correlation", metadata.correlation());
        putKnown(json, "causation", metadata.causation());
        json.put("unplanned", change.isUnplanned());
        json.put("eventCount", change.events());
        json.put("entityCount", change.entityCount());
        ArrayNode entities = json.putArray("entities");
        for (StreamId entity : change.entities()) {
            entities.addObject().put("kind", entity.kind()).put("id", entity.id());
        }
        return json;
    }

    private static void putKnown(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    static ObjectNode of(ChangeEffect effect) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("kind", effect.kind());
        json.put("id", effect.id());
        if (effect.asOf() != null && effect.change() != null) {
            json.put("asOf", InstantText.format(effect.asOf()));
            json.put("change", effect.change().name().toLowerCase(Locale.ROOT));
            JsonNode before = content(effect.before());
            JsonNode after = content(effect.after());
            put(json, "versionBefore", "before", effect.before(), before);
            put(json, "versionAfter", "after", effect.after(), after);
            json.set("patch", JsonPatch.between(before, after));
        }
        ArrayNode events = json.putArray("events");
        effect.events().forEach(event -> events.add(event(event)));
        return json;
    }

    private static @Nullable JsonNode content(@Nullable KnownState state) {
        return state == null ? null : HttpJson.mapper().readTree(state.content());
    }

    private static void put(
            ObjectNode json,
            String version,
            String name,
            @Nullable KnownState state,
            @Nullable JsonNode content) {
        if (state != null) {
            json.put(version, state.version());
        }
        json.set(name, content);
    }

    private static ObjectNode event(StoredEvent event) {
        Envelope envelope = event.envelope();
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("position", event.position());
        json.put("sequenceNumber", envelope.sequenceNumber());
        json.put("id", envelope.id().toString());
        json.put("type", envelope.type());
        json.put("effectiveAt", InstantText.format(envelope.effectiveAt()));
        // Of a person there is ciphertext only.
        if (!StreamId.parse(envelope.stream()).kind().equals(StreamId.PERSON)) {
            json.set("data", HttpJson.mapper().readTree(event.payload()));
        }
        return json;
    }
}
