package dev.cadastre.standalone.snapshots;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.LimitOption;
import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        description = "Show the snapshots, the newest first.",
        mixinStandardHelpOptions = true)
final class ListSnapshots implements Callable<Integer> {

    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private LimitOption limit = new LimitOption();

    @Override
    public Integer call() {
        Answers answers = options.answers();
        if (options.format() != OutputFormat.TABLE) {
            answers.copy(limit.addTo(SnapshotPath.of()));
            return 0;
        }
        try (Table table =
                answers.table("ID", "NAME", "STATE", "AS OF", "KNOWN AT", "THINGS", "TAKEN BY")) {
            answers.items(SnapshotPath.of(), limit.shown(), item -> table.row(cells(item)));
        }
        return 0;
    }

    private static List<String> cells(JsonNode snapshot) {
        JsonNode coordinates = snapshot.path("coordinates");
        return List.of(
                ValueText.of(snapshot.path("id")),
                ValueText.of(snapshot.path("name")),
                ValueText.of(snapshot.path("state")),
                ValueText.of(coordinates.path("asOf")),
                ValueText.of(coordinates.path("knownAt")),
                ValueText.of(snapshot.path("entities")),
                ValueText.who(snapshot.path("taken")));
    }
}
