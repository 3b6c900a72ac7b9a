package dev.cadastre.query.shared.cloudevents;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.time.InstantText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * An event in the structured JSON form of CloudEvents 1.0, with extension attributes for what the
 * envelope says beyond. People occur as opaque ids only: of an event about a person the data, which
 * is ciphertext, is left out.
 */
public final class CloudEventJson {

    /** The {@code source} of every event. */
    public static final String SOURCE = "/api/v1/events";

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String PERSON = StreamId.PERSON + ":";

    /** W3C Trace Context, section 3.2. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** Characters that CloudEvents does not allow in the text of an attribute. */
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    private CloudEventJson() {}

    /** One line of JSON; the data is what the event says. */
    public static byte[] of(StoredEvent event) {
        return of(event, event.payload());
    }

    /**
     * One line of JSON with other data.
     *
     * @param data JSON; left out of an event about a person
     */
    public static byte[] of(StoredEvent event, byte[] data) {
        Envelope envelope = event.envelope();
        StoredMetadata metadata = StoredMetadata.read(event.metadata());
        ByteArrayBuilder bytes = new ByteArrayBuilder(data.length + 768);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("specversion", "1.0");
            json.writeStringProperty("id", envelope.id().toString());
            json.writeStringProperty("source", SOURCE);
            json.writeStringProperty("type", envelope.type());
            json.writeStringProperty("subject", envelope.stream());
            json.writeStringProperty("time", InstantText.format(envelope.recordedAt()));
            json.writeNumberProperty("position", event.position());
            // The extension "sequence" orders as text.
            json.writeStringProperty("sequence", "%019d".formatted(event.position()));
            json.writeNumberProperty("sequencenumber", envelope.sequenceNumber());
            json.writeNumberProperty("revision", envelope.revision());
            json.writeStringProperty("effectiveat", InstantText.format(envelope.effectiveAt()));
            json.writeStringProperty("principal", envelope.principal());
            json.writeStringProperty("actor", envelope.actor());
            json.writeStringProperty("origin", attribute(envelope.source()));
            json.writeStringProperty("changeset", envelope.changeSet().toString());
            write(json, "changereference", metadata.change());
            write(json, "changereason", metadata.reason());
            write(json, "correlationid", metadata.correlation());
            write(json, "causationid", metadata.causation());
            if (metadata.trace() != null && TRACE_PARENT.matcher(metadata.trace()).matches()) {
                json.writeStringProperty("traceparent", metadata.trace());
            }
            if (!envelope.stream().startsWith(PERSON)) {
                json.writeStringProperty("datacontenttype", "application/json");
                json.writeName("data");
                json.writeRawValue(new String(data, StandardCharsets.UTF_8));
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            json.writeStringProperty(name, attribute(text));
        }
    }

    private static String attribute(String text) {
        return CONTROLS.matcher(text).replaceAll(" ");
    }
}
