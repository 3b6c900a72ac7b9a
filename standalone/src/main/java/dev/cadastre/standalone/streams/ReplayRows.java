package dev.cadastre.standalone.streams;

import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.terminal.StandardOutput;
import dev.cadastre.standalone.terminal.Table;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The changes of a replay as rows of a table, each written when it comes. */
final class ReplayRows implements StreamFollower.MessageSink {

    private static final List<String> HEADINGS =
            List.of("AS OF", "WHO", "WHY", "KIND", "ID", "CHANGE", "WHAT");

    private final Table table;

    ReplayRows(StandardOutput out) {
        this.table = Table.following(out, HEADINGS, 20, 16, 32, 5, 20, 9, 32);
    }

    @Override
    public void accepted() {
        table.heading();
    }

    @Override
    public void accept(String line, JsonNode message) {
        switch (ValueText.of(message.path("message"))) {
            case "begin" ->
                    Console.message(
                            "%s things as of %s (log position %s).",
                            ValueText.of(message.path("items")),
                            ValueText.of(message.path("asOf")),
                            ValueText.of(message.path("logPosition")));
            case "change" -> change(message);
            case "complete" ->
                    Console.message(
                            "Complete as of %s (log position %s).",
                            ValueText.of(message.path("asOf")),
                            ValueText.of(message.path("logPosition")));
            default -> {
                // Says what the first state was, or how far the replay is.
            }
        }
    }

    private void change(JsonNode change) {
        List<String> head =
                List.of(
                        ValueText.of(change.path("asOf")),
                        ValueText.who(change),
                        ValueText.whyOrUnplanned(change));
        for (JsonNode entity : change.path("entities")) {
            head = rows(head, entity);
        }
    }

    /** Returns what the next thing of the same change is led by. */
    private List<String> rows(List<String> head, JsonNode entity) {
        List<String> what = ValueText.patch(entity.path("patch"));
        row(
                head,
                ValueText.of(entity.path("kind")),
                ValueText.of(entity.path("id")),
                ValueText.of(entity.path("change")),
                what.isEmpty() ? "" : what.getFirst());
        List<String> blank = List.of("", "", "");
        what.stream().skip(1).forEach(line -> row(blank, "", "", "", line));
        return blank;
    }

    private void row(List<String> head, String kind, String id, String change, String what) {
        table.row(List.of(head.get(0), head.get(1), head.get(2), kind, id, change, what));
    }
}
