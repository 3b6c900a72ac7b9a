package dev.cadastre.standalone.streams;

import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.terminal.StandardOutput;
import dev.cadastre.standalone.terminal.Table;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events as rows of a table, each written when it comes. */
final class EventRows implements StreamFollower.MessageSink {

    private static final List<String> HEADINGS =
            List.of("POSITION", "RECORDED", "EFFECTIVE", "EVENT", "OF", "WHO", "WHY");

    private final Table table;

    EventRows(StandardOutput out) {
        this.table = Table.following(out, HEADINGS, 8, 27, 27, 18, 24, 16, 32);
    }

    @Override
    public void accepted() {
        table.heading();
    }

    @Override
    public void accept(String line, JsonNode event) {
        if (!TailCommand.isEvent(event)) {
            return;
        }
        table.row(
                List.of(
                        ValueText.of(event.path("position")),
                        ValueText.of(event.path("time")),
                        ValueText.of(event.path("effectiveat")),
                        ValueText.of(event.path("type")),
                        ValueText.of(event.path("subject")),
                        ValueText.who(event),
                        ValueText.why(event.path("changereason"), event.path("changereference"))));
    }
}
