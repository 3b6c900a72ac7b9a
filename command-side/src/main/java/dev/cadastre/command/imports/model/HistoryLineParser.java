package dev.cadastre.command.imports.model;

import dev.cadastre.command.imports.model.HistoryLine.Operation;
import dev.cadastre.events.AttributeValues;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.ci.Relation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads lines of a history file straight from their bytes. Broken JSON, and a line without a usable
 * {@code seq} or {@code change}, make the file unreadable; anything else that is wrong refuses the
 * line. Not thread-safe: one per run.
 */
final class HistoryLineParser {

    private static final JsonFactory JSON = new JsonFactory();

    private String lastTime = "";
    private long lastInstant;

    private long line;
    private @Nullable String refused;
    private long sequence;
    private @Nullable Long at;
    private @Nullable String by;
    private @Nullable String reason;
    private @Nullable String change;
    private @Nullable Operation operation;
    private @Nullable String ci;
    private @Nullable String ciClass;
    private @Nullable Map<String, Object> set;
    private @Nullable List<String> unset;
    private @Nullable List<Relation> relationsAdded;
    private @Nullable List<Relation> relationsRemoved;

    ParsedLine parse(byte[] bytes, int offset, int length, long number) throws UnreadableFile {
        forget(number);
        try (JsonParser json =
                JSON.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable("is not a JSON object");
            }
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                field(json, name);
            }
            if (json.nextToken() != null) {
                throw unreadable("holds more than one JSON object");
            }
        } catch (JacksonException e) {
            throw unreadable("is not readable JSON: " + e.getOriginalMessage());
        }
        if (sequence < 1) {
            throw unreadable("has no \"seq\"; every line is numbered 1, 2, 3 and so on");
        }
        if (change == null) {
            throw unreadable("has no \"change\"; every line names the change it belongs to");
        }
        checkWhole();
        return refused != null
                ? new ParsedLine(
                        line,
                        sequence,
                        change,
                        null,
                        new Refusal(line, ci, "Line " + line + ": " + refused))
                : new ParsedLine(line, sequence, change, content(change), null);
    }

    private HistoryLine content(String ofChange) {
        return new HistoryLine(
                line,
                sequence,
                present(at),
                present(by),
                reason,
                ofChange,
                present(operation),
                present(ci),
                ciClass,
                set == null ? Map.of() : set,
                unset == null ? List.of() : unset,
                relationsAdded == null ? List.of() : relationsAdded,
                relationsRemoved == null ? List.of() : relationsRemoved);
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private void field(JsonParser json, String name) throws UnreadableFile {
        switch (name) {
            case "seq" -> {
                if (!json.isExpectedNumberIntToken()) {
                    throw unreadable("has a \"seq\" that is not a whole number");
                }
                sequence = json.getLongValue();
            }
            case "change" -> {
                change = text(json, name);
                if (change == null || change.isEmpty() || change.length() > 255) {
                    throw unreadable("has a \"change\" that is not text of 1 to 255 characters");
                }
            }
            case "at" -> at = instant(json, name, at);
            case "by" -> by = once(name, by, text(json, name));
            case "reason" -> reason = once(name, reason, text(json, name));
            case "op" -> operation = once(name, operation, operation(json));
            case "ci" -> ci = once(name, ci, text(json, name));
            case "class" -> ciClass = once(name, ciClass, text(json, name));
            case "set" -> set = once(name, set, attributes(json));
            case "unset" -> unset = once(name, unset, names(json));
            case "relationsAdded" ->
                    relationsAdded = once(name, relationsAdded, relations(json, name));
            case "relationsRemoved" ->
                    relationsRemoved = once(name, relationsRemoved, relations(json, name));
            // Told by the profile, of no use to the register: checked for its type only.
            case "authoredAt", "committedAt" -> text(json, name);
            default -> {
                refuse("the field \"" + name + "\" is not part of the profile history. Remove it.");
                json.skipChildren();
            }
        }
    }

    private void checkWhole() {
        require("at", at);
        require("by", by);
        require("op", operation);
        require("ci", ci);
        if (operation == Operation.REGISTER) {
            require("class", ciClass);
            forbid("unset", unset);
            forbid("relationsRemoved", relationsRemoved);
        } else if (operation == Operation.REMOVE) {
            forbid("set", set);
            forbid("unset", unset);
            forbid("relationsAdded", relationsAdded);
        }
    }

    private void require(String name, @Nullable Object value) {
        if (value == null) {
            refuse("the field \"" + name + "\" is missing.");
        }
    }

    private void forbid(String name, @Nullable Object value) {
        if (value != null && operation != null) {
            String verb = operation.name().toLowerCase(Locale.ROOT);
            refuse("\"op\":\"" + verb + "\" takes no \"" + name + "\". Remove it.");
        }
    }

    private @Nullable Long instant(JsonParser json, String name, @Nullable Long before) {
        String text = text(json, name);
        if (text == null) {
            return before;
        }
        if (text.equals(lastTime)) {
            return once(name, before, lastInstant);
        }
        try {
            long instant = Microseconds.of(Instant.parse(text));
            if (instant < Microseconds.EARLIEST || instant > Microseconds.LATEST) {
                refuse("\"at\" lies outside the years 0001 to 9999.");
            }
            lastTime = text;
            lastInstant = instant;
            return once(name, before, instant);
        } catch (DateTimeException | ArithmeticException e) {
            refuse(
                    "\"at\" is not a time such as 2018-04-12T19:29:44Z, to the microsecond at most.");
            return before;
        }
    }

    private @Nullable Operation operation(JsonParser json) {
        String text = text(json, "op");
        return switch (text) {
            case null -> null;
            case "register" -> Operation.REGISTER;
            case "update" -> Operation.UPDATE;
            case "remove" -> Operation.REMOVE;
            default -> {
                refuse("\"op\" is not one of \"register\", \"update\", \"remove\".");
                yield null;
            }
        };
    }

    private @Nullable String text(JsonParser json, String name) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            refuse("\"" + name + "\" is not text.");
            json.skipChildren();
            return null;
        }
        return json.getString();
    }

    private @Nullable Map<String, Object> attributes(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            refuse("\"set\" is not an object of names and values.");
            json.skipChildren();
            return null;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
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
                return json.getString();
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

    private @Nullable List<String> names(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            refuse("\"unset\" is not an array of attribute names.");
            json.skipChildren();
            return null;
        }
        List<String> names = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String name = text(json, "unset");
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private @Nullable List<Relation> relations(JsonParser json, String name) {
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
                    case "type" -> type = once("type", type, text(json, "type"));
                    case "to" -> to = once("to", to, text(json, "to"));
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

    private <T> @Nullable T once(String name, @Nullable T before, @Nullable T value) {
        if (before != null) {
            refuse("the field \"" + name + "\" is there twice.");
        }
        return value;
    }

    /** The first thing that is wrong is the one to tell. */
    private void refuse(String why) {
        if (refused == null) {
            refused = why;
        }
    }

    private UnreadableFile unreadable(String what) {
        return new UnreadableFile(
                EndReason.MALFORMED,
                line,
                "Line " + line + " " + what + ". Correct the file and send it again.");
    }

    private void forget(long number) {
        line = number;
        refused = null;
        sequence = 0;
        at = null;
        by = null;
        reason = null;
        change = null;
        operation = null;
        ci = null;
        ciClass = null;
        set = null;
        unset = null;
        relationsAdded = null;
        relationsRemoved = null;
    }
}
