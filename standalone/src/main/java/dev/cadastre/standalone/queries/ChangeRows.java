package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Change sets as rows, and one of them as a card with rows of what it did. */
final class ChangeRows {

    static final String[] HEADINGS = {"POSITION", "RECORDED", "EFFECTIVE", "WHO", "WHY", "OF"};
    static final String[] EFFECT_HEADINGS = {"KIND", "ID", "AS OF", "CHANGE", "WHAT", "EVENT"};

    private static final int NAMED = 3;

    private ChangeRows() {}

    static void of(JsonNode change, Table table) {
        table.row(
                List.of(
                        ValueText.of(change.path("lastPosition")),
                        ValueText.of(change.path("recordedAt")),
                        effective(change),
                        ValueText.who(change),
                        ValueText.whyOrUnplanned(change),
                        things(change)));
    }

    private static String effective(JsonNode change) {
        String earliest = ValueText.of(change.path("earliestEffectiveAt"));
        String latest = ValueText.of(change.path("latestEffectiveAt"));
        return earliest.equals(latest) ? earliest : earliest + " to " + latest;
    }

    private static String things(JsonNode change) {
        List<String> named = new ArrayList<>();
        for (JsonNode entity : change.path("entities")) {
            if (named.size() < NAMED) {
                named.add(
                        ValueText.of(entity.path("kind")) + ":" + ValueText.of(entity.path("id")));
            }
        }
        long others = change.path("entityCount").asLong(0) - named.size();
        return String.join(", ", named) + (others > 0 ? " and " + others + " more" : "");
    }

    /** Who did it, when and why, and which change sets lie beside it. */
    static JsonNode card(JsonNode change) {
        ObjectNode card = ((ObjectNode) change).objectNode();
        card.set("change set", change.path("changeSet"));
        card.put(
                "positions",
                ValueText.of(change.path("firstPosition"))
                        + " to "
                        + ValueText.of(change.path("lastPosition")));
        card.set("recorded", change.path("recordedAt"));
        card.put("effective", effective(change));
        card.put("who", ValueText.who(change));
        card.put("why", ValueText.whyOrUnplanned(change));
        card.set("source", change.path("source"));
        addNeighbour(card, "before it", change.path("links").path("prev"));
        addNeighbour(card, "after it", change.path("links").path("next"));
        return card;
    }

    private static void addNeighbour(ObjectNode card, String name, JsonNode link) {
        if (link.isString()) {
            String path = link.stringValue();
            card.put(name, path.substring(path.lastIndexOf('/') + 1));
        }
    }

    static void effect(JsonNode effect, Table table) {
        List<String> what = ValueText.patch(effect.path("patch"));
        List<String> events = new ArrayList<>();
        effect.path("events").forEach(event -> events.add(ValueText.of(event.path("type"))));
        for (int line = 0; line < Math.max(1, Math.max(what.size(), events.size())); line++) {
            table.row(
                    List.of(
                            line == 0 ? ValueText.of(effect.path("kind")) : "",
                            line == 0 ? ValueText.of(effect.path("id")) : "",
                            line == 0 ? ValueText.of(effect.path("asOf")) : "",
                            line == 0 ? ValueText.of(effect.path("change")) : "",
                            line < what.size() ? what.get(line) : "",
                            line < events.size() ? events.get(line) : ""));
        }
    }
}
