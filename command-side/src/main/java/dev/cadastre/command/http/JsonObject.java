package dev.cadastre.command.http;

import static dev.cadastre.command.http.JsonValues.checked;
import static dev.cadastre.command.http.JsonValues.invalid;
import static dev.cadastre.command.http.JsonValues.shortened;
import static dev.cadastre.command.http.JsonValues.value;
import static dev.cadastre.command.http.JsonValues.wholeNumber;

import dev.cadastre.command.shared.TextRules;
import dev.cadastre.http.problem.JsonProblems;
import dev.cadastre.http.time.DayEdge;
import dev.cadastre.http.time.InstantText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A JSON object of a request, read field by field. Whatever does not fit is refused with the
 * field's JSON Pointer.
 */
public final class JsonObject {

    /** The most attributes one command may touch. */
    public static final int ATTRIBUTES = 1_000;

    /** The longest array. */
    public static final int ITEMS = 10_000;

    private final JsonNode node;
    private final String pointer;
    private final ZoneId zone;

    JsonObject(JsonNode node, String pointer, ZoneId zone) {
        this.node = node;
        this.pointer = pointer;
        this.zone = zone;
        if (!node.isObject()) {
            throw invalid(pointer, "An object is expected here.");
        }
    }

    /** Refuses fields with other names. */
    public JsonObject onlyFields(String... names) {
        for (String name : node.propertyNames()) {
            if (!Arrays.asList(names).contains(name)) {
                throw invalid(
                        at(name),
                        "There is no field \""
                                + shortened(name)
                                + "\" here. "
                                + (names.length == 0
                                        ? "Leave the body empty."
                                        : "Known fields: " + String.join(", ", names) + "."));
            }
        }
        return this;
    }

    /** Whether the field is there, be it null. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** Whether the field is there and null. */
    public boolean isNull(String name) {
        return node.has(name) && node.get(name).isNull();
    }

    /** The JSON Pointer of a field. */
    public String at(String name) {
        return pointer + "/" + JsonProblems.escaped(name);
    }

    /** An id, or null if the field is absent or null. */
    public @Nullable String id(String name) {
        String text = text(name);
        return text == null ? null : checked(at(name), text, TextRules.faultOfId(text));
    }

    /** A name of at most 300 characters, or null if the field is absent or null. */
    public @Nullable String name(String name) {
        String text = text(name);
        return text == null ? null : checked(at(name), text, TextRules.faultOfName(text));
    }

    /** A name that must be there. */
    public String requiredName(String name) {
        return required(name, name(name));
    }

    /** An id that must be there. */
    public String requiredId(String name) {
        return required(name, id(name));
    }

    /** A text of bounded length, or null if the field is absent or null. */
    public @Nullable String text(String name, int longest) {
        String text = text(name);
        return text == null ? null : checked(at(name), text, TextRules.faultOf(text, longest));
    }

    /** True or false; the given value if the field is absent. */
    public boolean truth(String name, boolean otherwise) {
        JsonNode value = node.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw invalid(at(name), "True or false is expected here.");
        }
        return value.booleanValue();
    }

    /** A whole number, or null if the field is absent. */
    public @Nullable Long number(String name) {
        JsonNode value = node.get(name);
        return value == null ? null : wholeNumber(at(name), value);
    }

    /** An instant in microseconds; a bare date is its first. Null if the field is absent. */
    public @Nullable Long instant(String name) {
        return instant(name, DayEdge.FIRST);
    }

    /** An instant in microseconds; a bare date is this edge of the day. Null if absent. */
    public @Nullable Long instant(String name, DayEdge edge) {
        String text = text(name, 100);
        return text == null ? null : InstantText.field(at(name), text, edge, zone);
    }

    /** An object, or null if the field is absent. */
    public @Nullable JsonObject object(String name) {
        JsonNode value = node.get(name);
        return value == null ? null : new JsonObject(value, at(name), zone);
    }

    /** An object; an empty one if the field is absent. */
    public JsonObject objectOrEmpty(String name) {
        JsonObject object = object(name);
        return object != null
                ? object
                : new JsonObject(JsonNodeFactory.instance.objectNode(), at(name), zone);
    }

    /** The objects of an array; empty if the field is absent. */
    public List<JsonObject> objects(String name, int most) {
        List<JsonObject> objects = new ArrayList<>();
        int i = 0;
        for (JsonNode item : array(name, most)) {
            objects.add(new JsonObject(item, at(name) + "/" + i++, zone));
        }
        return objects;
    }

    /** The texts of an array, each of bounded length; empty if the field is absent. */
    public List<String> texts(String name, int most, int longest) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(name, most)) {
            String where = at(name) + "/" + texts.size();
            if (!item.isString()) {
                throw invalid(where, "Text is expected here.");
            }
            String text = item.stringValue();
            texts.add(checked(where, text, TextRules.faultOf(text, longest)));
        }
        return texts;
    }

    /** The whole numbers of an array; empty if the field is absent. */
    public List<Long> numbers(String name, int most) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode item : array(name, most)) {
            numbers.add(wholeNumber(at(name) + "/" + numbers.size(), item));
        }
        return numbers;
    }

    /** The names of the fields, in their order. */
    public Set<String> fields() {
        return new LinkedHashSet<>(node.propertyNames());
    }

    /** Refuses more fields than this, and names that are not allowed for attributes. */
    public JsonObject namesAtMost(int most) {
        if (node.size() > most) {
            throw invalid(pointer, "At most " + most + " fields are taken at once.");
        }
        for (String name : node.propertyNames()) {
            checked(at(name), name, TextRules.faultOfName(name));
        }
        return this;
    }

    /** Attribute values by name; none may be null. Empty if the field is absent. */
    public Map<String, Object> attributes(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        patch(name)
                .forEach(
                        (attribute, value) -> {
                            if (value == null) {
                                throw invalid(
                                        at(name) + "/" + JsonProblems.escaped(attribute),
                                        "null takes an attribute away, and there is none yet."
                                                + " Leave it out.");
                            }
                            values.put(attribute, value);
                        });
        return values;
    }

    /** A merge patch of attributes: null takes one away. Empty if the field is absent. */
    public Map<String, @Nullable Object> patch(String name) {
        JsonObject attributes = object(name);
        if (attributes == null) {
            return Map.of();
        }
        attributes.namesAtMost(ATTRIBUTES);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : attributes.node.properties()) {
            String where = attributes.at(field.getKey());
            values.put(
                    field.getKey(),
                    field.getValue().isNull() ? null : value(where, field.getValue()));
        }
        return values;
    }

    /**
     * All fields as plain values, for a model that checks them itself: text, whole numbers, truth
     * values, arrays of these, objects, and null.
     */
    public Map<String, @Nullable Object> values() {
        if (node.size() > ATTRIBUTES) {
            throw invalid(pointer, "At most " + ATTRIBUTES + " fields at once.");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            String where = at(field.getKey());
            values.put(
                    field.getKey(),
                    value.isNull()
                            ? null
                            : value.isObject()
                                    ? new JsonObject(value, where, zone).values()
                                    : value(where, value));
        }
        return values;
    }

    private Iterable<JsonNode> array(String name, int most) {
        JsonNode value = node.get(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw invalid(at(name), "An array is expected here.");
        }
        if (value.size() > most) {
            throw invalid(at(name), "At most " + most + " items are taken at once.");
        }
        return value;
    }

    private @Nullable String text(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw invalid(at(name), "Text is expected here.");
        }
        return value.stringValue();
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw invalid(at(name), "The field \"" + name + "\" must be there.");
        }
        return value;
    }
}
