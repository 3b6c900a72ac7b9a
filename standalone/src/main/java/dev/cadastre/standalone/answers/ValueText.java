package dev.cadastre.standalone.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** How values of answers read in a table. */
public final class ValueText {

    private static final String ATTRIBUTES = "/attributes/";

    private ValueText() {}

    /** A value in one cell: text as it is, several with commas, money as one speaks of it. */
    public static String of(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isString()) {
            return value.stringValue();
        }
        if (isMoney(value)) {
            return of(value.path("amount")) + " " + of(value.path("currency"));
        }
        if (value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode)) {
            return value.valueStream().map(ValueText::of).collect(Collectors.joining(", "));
        }
        return value.toString();
    }

    static boolean isMoney(JsonNode value) {
        return value.size() == 2 && value.has("amount") && value.has("currency");
    }

    /** A member's name as a column's: {@code assetTag} as {@code ASSET TAG}. */
    public static String heading(String member) {
        return member.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
    }

    /**
     * What a difference or an event did, a line for each field and relation: {@code cores: 160 ->
     * 16}, {@code + cores: 16}, {@code - hostedOn -> host-1}; of another that points here, {@code +
     * hostedOn <- web-1}.
     */
    public static List<String> changes(JsonNode difference) {
        List<String> lines = new ArrayList<>();
        for (JsonNode change : difference.path("changes")) {
            String field = field(change.path("field").asString(""));
            String before = of(change.path("before"));
            String after = of(change.path("after"));
            if (!change.has("before")) {
                lines.add("+ " + field + ": " + after);
            } else if (!change.has("after")) {
                lines.add("- " + field + ": " + before);
            } else {
                lines.add(field + ": " + before + " \u2192 " + after);
            }
        }
        difference
                .path("relationsRemoved")
                .forEach(relation -> lines.add("- " + relation(relation)));
        difference.path("relationsAdded").forEach(relation -> lines.add("+ " + relation(relation)));
        difference.path("inboundRemoved").forEach(relation -> lines.add("- " + inbound(relation)));
        difference.path("inboundAdded").forEach(relation -> lines.add("+ " + inbound(relation)));
        return lines;
    }

    /**
     * What a JSON Patch (RFC 6902) did that tests whatever it replaces or removes, a line for each
     * operation. One that makes or takes away all has none.
     */
    public static List<String> patch(JsonNode patch) {
        List<String> lines = new ArrayList<>();
        JsonNode before = MissingNode.getInstance();
        for (JsonNode operation : patch) {
            String path = of(operation.path("path"));
            JsonNode after = operation.path("value");
            if (path.isEmpty()) {
                continue;
            }
            switch (of(operation.path("op"))) {
                case "test" -> before = after;
                case "add" -> lines.add("+ " + part(path, after));
                case "remove" -> lines.add("- " + part(path, before));
                default -> lines.add(part(path, before) + " \u2192 " + of(after));
            }
        }
        return lines;
    }

    private static String part(String path, JsonNode value) {
        return value.has("type") && value.has("to")
                ? relation(value)
                : field(path) + ": " + of(value);
    }

    private static String field(String pointer) {
        String path =
                pointer.startsWith(ATTRIBUTES)
                        ? pointer.substring(ATTRIBUTES.length())
                        : pointer.replaceFirst("^/", "");
        return path.replace("~1", "/").replace("~0", "~");
    }

    private static String relation(JsonNode relation) {
        return of(relation.path("type")) + " \u2192 " + of(relation.path("to"));
    }

    private static String inbound(JsonNode relation) {
        return of(relation.path("type")) + " \u2190 " + of(relation.path("from"));
    }

    /** Why an event came about: its reason, and the change it belongs to. */
    public static String why(JsonNode event) {
        return why(event.path("reason"), event.path("change"));
    }

    /** The same, where the two have other names. */
    public static String why(JsonNode reason, JsonNode change) {
        String words = of(reason);
        String reference = change.isString() ? "[" + change.stringValue() + "]" : "";
        return words.isEmpty() || reference.isEmpty() ? words + reference : words + " " + reference;
    }

    /** The same of a change, which is marked where it has no change reference. */
    public static String whyOrUnplanned(JsonNode change) {
        String why = why(change);
        return change.path("unplanned").asBoolean(false)
                ? why + (why.isEmpty() ? "" : " ") + "(unplanned)"
                : why;
    }

    /** Who an event is from: the actor, and for whom recorded it another is answerable. */
    public static String who(JsonNode event) {
        String actor = of(event.path("actor"));
        String principal = of(event.path("principal"));
        return actor.equals(principal) ? actor : actor + " (by " + principal + ")";
    }
}
