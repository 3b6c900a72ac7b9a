package dev.cadastre.command.imports.model;

import dev.cadastre.command.imports.model.HistoryLine.Operation;
import dev.cadastre.command.shared.TextRules;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.ci.Relation;
import java.time.DateTimeException;
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

    private final HistoryValues values = new HistoryValues();
    private long line;
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
        String refused = values.refused();
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
                change = values.text(json, name);
                if (change == null
                        || change.length() > 255
                        || TextRules.faultOfName(change) != null) {
                    throw unreadable(
                            "has a \"change\" that is not text of 1 to 255 characters, none of them"
                                    + " a control character");
                }
            }
            case "at" -> at = instant(json, name, at);
            case "by" -> by = values.once(name, by, values.text(json, name));
            case "reason" -> reason = values.once(name, reason, values.text(json, name));
            case "op" -> operation = values.once(name, operation, operation(json));
            case "ci" -> ci = values.once(name, ci, values.id(json, name));
            case "class" -> ciClass = values.once(name, ciClass, values.name(json, name));
            case "set" -> set = values.once(name, set, values.attributes(json));
            case "unset" -> unset = values.once(name, unset, values.names(json));
            case "relationsAdded" ->
                    relationsAdded =
                            values.once(name, relationsAdded, values.relations(json, name));
            case "relationsRemoved" ->
                    relationsRemoved =
                            values.once(name, relationsRemoved, values.relations(json, name));
            // Told by the profile, of no use to the register: checked for its type only.
            case "authoredAt", "committedAt" -> values.text(json, name);
            default -> {
                values.refuse(
                        "the field \""
                                + name
                                + "\" is not part of the profile history. Remove it.");
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
            values.refuse("the field \"" + name + "\" is missing.");
        }
    }

    private void forbid(String name, @Nullable Object value) {
        if (value != null && operation != null) {
            String verb = operation.name().toLowerCase(Locale.ROOT);
            values.refuse("\"op\":\"" + verb + "\" takes no \"" + name + "\". Remove it.");
        }
    }

    private @Nullable Long instant(JsonParser json, String name, @Nullable Long before) {
        String text = values.text(json, name);
        if (text == null) {
            return before;
        }
        if (text.equals(lastTime)) {
            return values.once(name, before, lastInstant);
        }
        try {
            long instant = HistoryTime.microseconds(text);
            if (instant < Microseconds.EARLIEST || instant > Microseconds.LATEST) {
                values.refuse("\"at\" lies outside the years 0001 to 9999.");
            }
            lastTime = text;
            lastInstant = instant;
            return values.once(name, before, instant);
        } catch (DateTimeException | ArithmeticException e) {
            values.refuse(
                    "\"at\" is not a time such as 2018-04-12T19:29:44Z, to the microsecond at most.");
            return before;
        }
    }

    private @Nullable Operation operation(JsonParser json) {
        String text = values.text(json, "op");
        return switch (text) {
            case null -> null;
            case "register" -> Operation.REGISTER;
            case "update" -> Operation.UPDATE;
            case "remove" -> Operation.REMOVE;
            default -> {
                values.refuse("\"op\" is not one of \"register\", \"update\", \"remove\".");
                yield null;
            }
        };
    }

    private UnreadableFile unreadable(String what) {
        return new UnreadableFile(
                EndReason.MALFORMED,
                line,
                "Line " + line + " " + what + ". Correct the file and send it again.");
    }

    private void forget(long number) {
        line = number;
        values.forget();
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
