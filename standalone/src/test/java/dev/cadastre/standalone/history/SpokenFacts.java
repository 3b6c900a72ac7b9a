package dev.cadastre.standalone.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the lines of a history, a timeline and the states before and after say, in the same words,
 * so that they can be compared.
 */
final class SpokenFacts {

    private static final Map<String, String> TYPES =
            Map.of("register", "ci.registered", "update", "ci.changed", "remove", "ci.removed");

    private SpokenFacts() {}

    /** A line of the history file. */
    static String ofLine(JsonNode line) {
        String type = TYPES.get(line.get("op").asString());
        Map<String, String> fields = new TreeMap<>();
        line.path("set")
                .properties()
                .forEach(set -> fields.put(pointer(set.getKey()), "=" + set.getValue()));
        line.path("unset").forEach(name -> fields.put(pointer(name.asString()), " gone"));
        return spoken(type, line.get("at"), line, fields);
    }

    /** An entry of a timeline. */
    static String ofEntry(JsonNode entry) {
        String type = entry.get("type").asString();
        Map<String, String> fields = new TreeMap<>();
        if (!type.equals("ci.removed")) {
            for (JsonNode change : entry.path("changes")) {
                fields.put(
                        change.get("field").asString(),
                        change.has("after") ? "=" + change.get("after") : " gone");
            }
            fields.remove("/class");
        }
        return spoken(type, entry.get("effectiveAt"), entry, fields);
    }

    private static String spoken(
            String type, JsonNode at, JsonNode source, Map<String, String> fields) {
        return type
                + " at "
                + Instant.parse(at.asString())
                + " in "
                + source.path("change")
                + " because "
                + source.path("reason")
                + ": "
                + fields
                + " +"
                + sorted(source.path("relationsAdded"))
                + " -"
                + sorted(source.path("relationsRemoved"));
    }

    /** How an item of a diff says what differs. */
    static String ofDifference(JsonNode item) {
        Map<String, String> fields = new TreeMap<>();
        for (JsonNode change : item.path("changes")) {
            fields.put(
                    change.get("field").asString(),
                    change.get("before") + ">" + change.get("after"));
        }
        return item.get("id").asString()
                + " "
                + item.get("change").asString()
                + fields
                + " +"
                + sorted(item.path("relationsAdded"))
                + " -"
                + sorted(item.path("relationsRemoved"));
    }

    /** What differs between two expected states, one of which may be absent; null if nothing. */
    static @Nullable String difference(
            String ci, @Nullable JsonNode before, @Nullable JsonNode after) {
        Map<String, String> fields = new TreeMap<>();
        differ("/class", value(before, "class"), value(after, "class"), fields);
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode state : new @Nullable JsonNode[] {before, after}) {
            if (state != null) {
                names.addAll(state.get("attrs").propertyNames());
            }
        }
        for (String name : names) {
            differ(
                    pointer(name),
                    before == null ? null : before.get("attrs").get(name),
                    after == null ? null : after.get("attrs").get(name),
                    fields);
        }
        TreeSet<String> added = relations(after);
        added.removeAll(relations(before));
        TreeSet<String> removed = relations(before);
        removed.removeAll(relations(after));
        if (fields.isEmpty() && added.isEmpty() && removed.isEmpty()) {
            return null;
        }
        String change = before == null ? "added" : after == null ? "removed" : "changed";
        return ci + " " + change + fields + " +" + added + " -" + removed;
    }

    private static void differ(
            String pointer,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            Map<String, String> fields) {
        if (before == null ? after != null : !before.equals(after)) {
            fields.put(pointer, before + ">" + after);
        }
    }

    private static @Nullable JsonNode value(@Nullable JsonNode state, String name) {
        return state == null ? null : state.get(name);
    }

    private static TreeSet<String> relations(@Nullable JsonNode state) {
        return state == null ? new TreeSet<>() : new TreeSet<>(sorted(state.get("rels")));
    }

    private static List<String> sorted(JsonNode relations) {
        List<String> texts = new ArrayList<>();
        for (JsonNode relation : relations) {
            texts.add(relation.get("type").asString() + " " + relation.get("to").asString());
        }
        texts.sort(null);
        return texts;
    }

    private static String pointer(String attribute) {
        return "/attributes/" + attribute.replace("~", "~0").replace("/", "~1");
    }
}
