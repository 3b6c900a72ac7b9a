package dev.cadastre.command.imports.model;

import dev.cadastre.command.shared.TextRules;
import dev.cadastre.events.AttributeValues;
import dev.cadastre.events.ci.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the values of a line's fields; what has the wrong type is passed over and noted. Used for
 * one line after the other.
 */
final class HistoryValues {

    private @Nullable String refused;

    /** Why the line is refused; null if nothing is wrong so far. */
    @Nullable String refused() {
        return refused;
    }

    /** Begins a new line. */
    void forget() {
        refused = null;
    }

    <T> @Nullable T once(String name, @Nullable T before, @Nullable T value) {
        if (before != null) {
            refuse("the field \"" + name + "\" is there twice.");
        }
        return value;
    }

    /** The first thing that is wrong is the one to tell. */
    void refuse(String why) {
        if (refused == null) {
            refused = why;
        }
    }

    @Nullable String text(JsonParser json, String name) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            refuse("\"" + name + "\" is not text.");
            json.skipChildren();
            return null;
        }
        String text = json.getString();
        refuseIf(name, TextRules.faultOf(text, TextRules.VALUE));
        return text;
    }

    /** The id of a thing. */
    @Nullable String id(JsonParser json, String name) {
        String id = text(json, name);
        if (id != null) {
            refuseIf(name, TextRules.faultOfId(id));
        }
        return id;
    }

    /** The name of a class, a type or an attribute. */
    @Nullable String name(JsonParser json, String name) {
        String text = text(json, name);
        if (text != null) {
            refuseIf(name, TextRules.faultOfName(text));
        }
        return text;
    }

    private void refuseIf(String name, @Nullable String fault) {
        if (fault != null) {
            refuse("\"" + name + "\" is not allowed: " + fault + ".");
        }
    }

    @Nullable Map<String, Object> attributes(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            refuse("\"set\" is not an object of names and values.");
            json.skipChildren();
            return null;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            refuseIf("set", TextRules.faultOfName(name));
            Object value =
                    json.nextToken() == JsonToken.START_ARRAY
                            ? array(json, name)
                            : scalar(json, name);
            if (value != null && attributes.put(name, value) != null) {
                refuse("\"set\" names \"" + name + "\" twice.");
            }
        }
        return attributes;
    }

    private List<Object> array(JsonParser json, String name) {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Object item = scalar(json, name);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private @Nullable Object scalar(JsonParser json, String name) {
        switch (json.currentToken()) {
            case VALUE_STRING:
                return text(json, name);
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            case VALUE_NUMBER_INT:
                if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                    long number = json.getLongValue();
                    if (Math.abs(number) <= AttributeValues.LARGEST_NUMBER) {
                        return number;
                    }
                }
                refuse("\"set\": \"" + name + "\" lies outside ±(2^53-1). Write it as text.");
                return null;
            default:
                json.skipChildren();
                refuse(
                        "\"set\": \""
                                + name
                                + "\" is not text, a whole number, true, false or an array of"
                                + " these. Write other numbers and dates as text.");
                return null;
        }
    }

    @Nullable List<String> names(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            refuse("\"unset\" is not an array of attribute names.");
            json.skipChildren();
            return null;
        }
        List<String> names = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String name = name(json, "unset");
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    @Nullable List<Relation> relations(JsonParser json, String name) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            refuse("\"" + name + "\" is not an array of {\"type\",\"to\"}.");
            json.skipChildren();
            return null;
        }
        List<Relation> relations = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Relation relation = relation(json, name);
            if (relation != null) {
                relations.add(relation);
            }
        }
        return relations;
    }

    private @Nullable Relation relation(JsonParser json, String name) {
        String type = null;
        String to = null;
        if (json.currentToken() == JsonToken.START_OBJECT) {
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                json.nextToken();
                switch (field) {
                    case "type" -> type = once("type", type, name(json, "type"));
                    case "to" -> to = once("to", to, id(json, "to"));
                    default -> {
                        refuse("\"" + name + "\" holds the unknown field \"" + field + "\".");
                        json.skipChildren();
                    }
                }
            }
        } else {
            json.skipChildren();
        }
        if (type == null || to == null) {
            refuse("\"" + name + "\" holds something else than {\"type\":text,\"to\":text}.");
            return null;
        }
        return new Relation(type, to);
    }
}
