package dev.cadastre.query.replay.http;

import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.register.changes.StatePatch;
import dev.cadastre.query.replay.model.EntityEffect;
import dev.cadastre.query.replay.model.Place;
import dev.cadastre.query.replay.model.ReplayMessage;
import dev.cadastre.query.replay.model.ReplayStep;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.JsonNode;

/** How the messages of a replay read. */
final class ReplayJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final List<String> WHY = List.of("reason", "change", "correlation", "causation");

    private ReplayJson() {}

    /** The kind of a message, as its {@code message} and as the event of a server-sent one. */
    static String kind(ReplayMessage message) {
        return switch (message) {
            case ReplayMessage.FirstState _ -> "state";
            case ReplayMessage.Begin _ -> "begin";
            case ReplayMessage.Change _ -> "change";
            case ReplayMessage.Progress _ -> "progress";
            case ReplayMessage.End _ -> "complete";
        };
    }

    static byte[] of(ReplayMessage message, String id) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(2_048);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("message", kind(message));
            json.writeStringProperty("id", id);
            Place place = message.point().place();
            json.writeStringProperty("asOf", InstantText.format(place.asOf()));
            json.writeNumberProperty("logPosition", place.position());
            switch (message) {
                case ReplayMessage.FirstState state -> addItems(json, state);
                case ReplayMessage.Begin begin -> json.writeNumberProperty("items", begin.items());
                case ReplayMessage.Change change -> addStep(json, change.step());
                case ReplayMessage.Progress _, ReplayMessage.End _ -> {}
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void addItems(JsonGenerator json, ReplayMessage.FirstState state) {
        json.writeStringProperty("kind", state.kind().word());
        json.writeArrayPropertyStart("items");
        for (byte[] content : state.contents()) {
            json.writeRawValue(new String(content, StandardCharsets.UTF_8));
        }
        json.writeEndArray();
    }

    private static void addStep(JsonGenerator json, ReplayStep step) {
        if (step.partial()) {
            json.writeBooleanProperty("partial", true);
        }
        if (step.cameTrue()) {
            json.writeBooleanProperty("cameTrue", true);
        }
        // All events of a step belong to one change set, and have these in common.
        StoredEvent any = step.effects().getFirst().events().getFirst();
        Envelope envelope = any.envelope();
        JsonNode metadata = HttpJson.mapper().readTree(any.metadata());
        if (isAbsent(metadata.get("change"))) {
            json.writeBooleanProperty("unplanned", true);
        }
        json.writeStringProperty("changeSet", envelope.changeSet().toString());
        json.writeStringProperty("recordedAt", InstantText.format(envelope.recordedAt()));
        json.writeStringProperty("principal", envelope.principal());
        json.writeStringProperty("actor", envelope.actor());
        json.writeStringProperty("source", envelope.source());
        for (String name : WHY) {
            JsonNode value = metadata.get(name);
            if (!isAbsent(value)) {
                json.writeName(name);
                json.writeRawValue(value.toString());
            }
        }
        json.writeArrayPropertyStart("entities");
        step.effects().forEach(effect -> add(json, effect));
        json.writeEndArray();
    }

    private static boolean isAbsent(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isString() && value.stringValue().isEmpty();
    }

    private static void add(JsonGenerator json, EntityEffect effect) {
        json.writeStartObject();
        json.writeStringProperty("kind", effect.kind().word());
        json.writeStringProperty("id", effect.id());
        json.writeStringProperty("change", effect.change().name().toLowerCase(Locale.ROOT));
        json.writeArrayPropertyStart("events");
        for (StoredEvent event : effect.events()) {
            Envelope envelope = event.envelope();
            json.writeStartObject();
            json.writeNumberProperty("position", event.position());
            json.writeNumberProperty("sequenceNumber", envelope.sequenceNumber());
            json.writeStringProperty("id", envelope.id().toString());
            json.writeStringProperty("type", envelope.type());
            json.writeStringProperty("effectiveAt", InstantText.format(envelope.effectiveAt()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeName("patch");
        StatePatch.write(json, effect.id(), effect.before(), effect.after());
        json.writeEndObject();
    }
}
