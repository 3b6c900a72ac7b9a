package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.TimeOptions;
import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What hangs on a CI, or what it hangs on. */
@Command(
        name = "impact",
        description = "Show what depends on a CI, or what it depends on, and by which way.",
        mixinStandardHelpOptions = true)
public final class ImpactCommand implements Callable<Integer> {

    /** Which way relations are followed. */
    enum Direction {
        DEPENDENTS,
        DEPENDENCIES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private TimeOptions time = new TimeOptions();

    @Parameters(paramLabel = "ID", description = "The CI.")
    private String id = "";

    @Option(
            names = "--direction",
            paramLabel = "WAY",
            defaultValue = "dependents",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Direction direction = Direction.DEPENDENTS;

    @Option(names = "--depth", paramLabel = "N", description = "How far, 1 to 32 (default: 5).")
    private @Nullable Integer depth;

    @Option(
            names = "--types",
            paramLabel = "TYPE[,TYPE...]",
            description = "Follow only relations of these types.")
    private @Nullable String types;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many CIs at most, the nearest first (default: 1000).")
    private @Nullable Integer limit;

    @Override
    public Integer call() {
        ApiPath path =
                time.addTo(ApiPath.of(Kind.CIS.toString(), id, "impact"))
                        .with("direction", direction)
                        .with("depth", depth)
                        .with("types", types)
                        .with("nodes", limit);
        Answers answers = options.answers();
        if (options.format() != OutputFormat.TABLE) {
            answers.copy(path);
            return 0;
        }
        JsonNode impact = answers.read(path);
        try (Table table = answers.table("DISTANCE", "ID", "CLASS", "PATH")) {
            impact.path("nodes").forEach(node -> table.row(cells(node)));
        }
        if (impact.path("truncated").asBoolean(false)) {
            Console.message(
                    "%d of %s shown; --limit shows more.",
                    impact.path("nodes").size(), ValueText.of(impact.path("total")));
        }
        return 0;
    }

    private static List<String> cells(JsonNode node) {
        return List.of(
                ValueText.of(node.path("distance")),
                ValueText.of(node.path("id")),
                ValueText.of(node.path("class")),
                StreamSupport.stream(node.path("path").spliterator(), false)
                        .map(ValueText::of)
                        .collect(Collectors.joining(" \u2192 ")));
    }
}
