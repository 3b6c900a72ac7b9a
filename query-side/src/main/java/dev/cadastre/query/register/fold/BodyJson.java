package dev.cadastre.query.register.fold;

import dev.cadastre.events.ci.Relation;
import dev.cadastre.http.time.InstantText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Writes a version as the API reads it. The bytes depend on the version alone, so that a rebuild
 * gives the same. A version in which the entity is absent says {@code "present": false} instead of
 * a state.
 */
public final class BodyJson {

    private static final byte[] VERSION = "\"version\":".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory FACTORY = new JsonFactory();

    private BodyJson() {}

    public static byte[] write(String id, StateVersion version) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("id", id);
            switch (version.state()) {
                case CiState ci -> writeCi(json, ci);
                case AssetState asset -> writeAsset(json, asset);
                case null -> json.writeBooleanProperty("present", false);
            }
            json.writeNumberProperty("version", version.number());
            json.writeStringProperty("validFrom", InstantText.format(version.validFrom()));
            json.writeStringProperty("recordedFrom", InstantText.format(version.recordedFrom()));
            json.writeNumberProperty("position", version.position());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /**
     * Whether two bodies say the same of their entity, wherever they come from: all that {@link
     * #write} puts before {@code version} is equal. Faster than reading them.
     */
    public static boolean haveSameContent(byte[] one, byte[] other) {
        return Arrays.equals(one, 0, contentLength(one), other, 0, contentLength(other));
    }

    /** A body's content: all that {@link #write} puts before {@code version}, as an object. */
    public static byte[] content(byte[] body) {
        int length = contentLength(body);
        byte[] content = Arrays.copyOf(body, length);
        // In place of the comma before the version.
        content[length - 1] = '}';
        return content;
    }

    /** Writes a state's content: what {@link #content} leaves of its body. */
    public static void writeContent(JsonGenerator json, String id, EntityState state) {
        json.writeStartObject();
        json.writeStringProperty("id", id);
        switch (state) {
            case CiState ci -> writeCi(json, ci);
            case AssetState asset -> writeAsset(json, asset);
        }
        json.writeEndObject();
    }

    /** No text follows the version but instants, so its last mention is the member itself. */
    private static int contentLength(byte[] body) {
        for (int at = body.length - VERSION.length; at >= 0; at--) {
            if (Arrays.equals(body, at, at + VERSION.length, VERSION, 0, VERSION.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("a body without a version");
    }

    private static void writeCi(JsonGenerator json, CiState ci) {
        json.writeStringProperty("class", ci.ciClass());
        writeKnown(json, "name", ci.name());
        if (ci.lifecycle() != null) {
            json.writeObjectPropertyStart("lifecycle");
            json.writeStringProperty("stage", ci.lifecycle().stage());
            json.writeStringProperty("status", ci.lifecycle().status());
            json.writeEndObject();
        }
        writeKnown(json, "asset", ci.asset());
        writeAttributes(json, ci.attributes());
        json.writeArrayPropertyStart("relations");
        for (Relation relation : ci.relations()) {
            json.writeStartObject();
            json.writeStringProperty("type", relation.type());
            json.writeStringProperty("to", relation.to());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeAsset(JsonGenerator json, AssetState asset) {
        for (String field : AssetState.leadingFields()) {
            writeKnown(json, field, asset.fields().get(field));
        }
        json.writeStringProperty("state", asset.state());
        writeKnown(json, "substate", asset.substate());
        for (String field : AssetState.trailingFields()) {
            writeKnown(json, field, asset.fields().get(field));
        }
        writeAttributes(json, asset.attributes());
    }

    private static void writeKnown(JsonGenerator json, String name, @Nullable Object value) {
        if (value != null) {
            json.writeName(name);
            writeValue(json, value);
        }
    }

    private static void writeAttributes(JsonGenerator json, SortedValues attributes) {
        json.writeObjectPropertyStart("attributes");
        attributes.forEach(
                (name, value) -> {
                    json.writeName(name);
                    writeValue(json, value);
                });
        json.writeEndObject();
    }

    /** Writes a value of a field or an attribute. */
    public static void writeValue(JsonGenerator json, Object value) {
        switch (value) {
            case String text -> json.writeString(text);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case List<?> items -> {
                json.writeStartArray();
                items.forEach(item -> writeValue(json, item));
                json.writeEndArray();
            }
            case Map<?, ?> object -> {
                json.writeStartObject();
                object.forEach(
                        (name, inner) -> {
                            json.writeName((String) name);
                            writeValue(json, inner);
                        });
                json.writeEndObject();
            }
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }
}
