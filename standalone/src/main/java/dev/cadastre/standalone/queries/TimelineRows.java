package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One event of a timeline as rows: the event, and beside and below it what it changed. */
final class TimelineRows {

    static final String[] HEADINGS = {
        "NO", "EFFECTIVE", "EVENT", "WHAT", "WHO", "WHY", "MARK", "RECORDED"
    };

    private TimelineRows() {}

    static void of(JsonNode event, Table table) {
        List<String> changes = ValueText.changes(event);
        // An event of another that points here is numbered there.
        boolean own = event.has("versions");
        table.row(
                List.of(
                        own ? ValueText.of(event.path("sequenceNumber")) : "",
                        ValueText.of(event.path("effectiveAt")),
                        ValueText.of(event.path("type")),
                        changes.isEmpty() ? "" : changes.getFirst(),
                        ValueText.who(event),
                        ValueText.why(event),
                        marks(event),
                        ValueText.of(event.path("recordedAt"))));
        changes.stream()
                .skip(1)
                .forEach(change -> table.row(List.of("", "", "", change, "", "", "", "")));
    }

    private static String marks(JsonNode event) {
        List<String> marks = new ArrayList<>();
        if (event.has("retractedBy")) {
            marks.add(
                    "RETRACTED by "
                            + ValueText.of(event.path("retractedBy").path("sequenceNumber")));
        }
        if (event.has("retracts")) {
            marks.add("retracts " + ValueText.of(event.path("retracts")));
        }
        if (event.path("backDated").asBoolean(false)) {
            marks.add("back-dated");
        }
        if (event.has("restores")) {
            marks.add("restores version " + ValueText.of(event.path("restores").path("version")));
        }
        for (JsonNode snapshot : event.path("afterSnapshots")) {
            marks.add("not in snapshot " + ValueText.of(snapshot.path("name")));
        }
        if (event.path("scheduled").asBoolean(false)) {
            marks.add("scheduled");
        }
        return String.join(", ", marks);
    }
}
