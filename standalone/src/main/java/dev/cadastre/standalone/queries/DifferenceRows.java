package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.terminal.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The difference of one thing as rows: beside what changed, the events that did it. */
final class DifferenceRows {

    static final String[] HEADINGS = {"KIND", "ID", "CHANGE", "WHAT", "EFFECTIVE", "WHO", "WHY"};

    private DifferenceRows() {}

    private record Doing(String effectiveAt, String who, String why) {}

    static void of(JsonNode difference, Table table) {
        List<String> changes = ValueText.changes(difference);
        List<Doing> doings = doings(difference);
        for (int i = 0; i < Math.max(1, Math.max(changes.size(), doings.size())); i++) {
            Doing doing = i < doings.size() ? doings.get(i) : new Doing("", "", "");
            table.row(
                    List.of(
                            i == 0 ? ValueText.of(difference.path("kind")) : "",
                            i == 0 ? ValueText.of(difference.path("id")) : "",
                            i == 0 ? ValueText.of(difference.path("change")) : "",
                            i < changes.size() ? changes.get(i) : "",
                            doing.effectiveAt(),
                            doing.who(),
                            doing.why()));
        }
    }

    /** Events of one change set at one instant are one doing; one taken back is marked. */
    private static List<Doing> doings(JsonNode difference) {
        Set<Doing> doings = new LinkedHashSet<>();
        for (JsonNode event : difference.path("events")) {
            boolean retracted = event.path("retracted").asBoolean(false);
            boolean onlyBefore = event.path("in").asString("").equals("from");
            doings.add(
                    new Doing(
                            ValueText.of(event.path("effectiveAt")),
                            ValueText.who(event),
                            (retracted ? "RETRACTED: " : onlyBefore ? "NO LONGER: " : "")
                                    + ValueText.why(event)));
        }
        return List.copyOf(doings);
    }
}
