package dev.cadastre.standalone.snapshots;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.LimitOption;
import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "corrections",
        description = "Show what was recorded since about the time that a snapshot shows.",
        mixinStandardHelpOptions = true)
final class SnapshotCorrections implements Callable<Integer> {

    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private LimitOption limit = new LimitOption();

    @Parameters(paramLabel = "ID", description = "The snapshot.")
    private String id = "";

    @Override
    public Integer call() {
        ApiPath path = SnapshotPath.of(id, "corrections");
        Answers answers = options.answers();
        if (options.format() != OutputFormat.TABLE) {
            answers.copy(limit.addTo(path));
            return 0;
        }
        try (Table table =
                answers.table(
                        "KIND", "ID", "CHANGE", "EVENT", "EFFECTIVE", "RECORDED", "WHO", "WHY")) {
            answers.items(path, limit.shown(), corrected -> rows(corrected, table));
        }
        return 0;
    }

    private static void rows(JsonNode corrected, Table table) {
        boolean first = true;
        for (JsonNode fact : corrected.path("facts")) {
            table.row(
                    List.of(
                            first ? ValueText.of(corrected.path("kind")) : "",
                            first ? ValueText.of(corrected.path("id")) : "",
                            first ? ValueText.of(corrected.path("change")) : "",
                            ValueText.of(fact.path("type")),
                            ValueText.of(fact.path("effectiveAt")),
                            ValueText.of(fact.path("recordedAt")),
                            ValueText.who(fact),
                            ValueText.why(fact)));
            first = false;
        }
    }
}
