package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.ScopeOptions;
import dev.cadastre.standalone.answers.TimeOptions;
import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** How many there are, at one instant or at several. */
@Command(
        name = "counts",
        description = "Count things by their facets, at an instant or as a series.",
        mixinStandardHelpOptions = true)
final class GetCounts implements Callable<Integer> {

    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private TimeOptions time = new TimeOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private Kind kind = Kind.CIS;

    @Option(
            names = "--by",
            paramLabel = "FACET[,FACET...]",
            description = "Count each value of a facet apart, or each combination of up to three.")
    private @Nullable String by;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "With --step: the first instant of a series.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "The last one (default: now).")
    private @Nullable String to;

    @Option(
            names = "--step",
            paramLabel = "PERIOD",
            description = "From one instant to the next: P1D, P1M, PT6H.")
    private @Nullable String step;

    @Override
    public Integer call() {
        ApiPath path =
                ApiPath.of("counts")
                        .with("kind", kind.word())
                        .with("by", by)
                        .with("from", from)
                        .with("to", to)
                        .with("step", step);
        path = scope.addTo(time.addTo(path));
        Answers answers = options.answers();
        if (options.format() == OutputFormat.TABLE) {
            show(answers, answers.read(path));
        } else {
            answers.copy(path);
        }
        return 0;
    }

    private static void show(Answers answers, JsonNode counts) {
        List<String> facets =
                StreamSupport.stream(counts.path("by").spliterator(), false)
                        .map(facet -> facet.asString(""))
                        .toList();
        boolean series = counts.has("points");
        List<String> headings = new ArrayList<>();
        if (series) {
            headings.add("AS OF");
        }
        facets.forEach(facet -> headings.add(ValueText.heading(facet)));
        headings.add("COUNT");
        try (Table table = answers.table(headings.toArray(String[]::new))) {
            if (series) {
                for (JsonNode point : counts.path("points")) {
                    rows(
                            table,
                            facets,
                            point,
                            Stream.of(ValueText.of(point.path("asOf"))).toList());
                }
            } else {
                rows(table, facets, counts, List.of());
                if (!facets.isEmpty()) {
                    List<String> total = new ArrayList<>(facets.stream().map(_ -> "").toList());
                    total.set(0, "total");
                    total.add(ValueText.of(counts.path("total")));
                    table.row(total);
                }
            }
        }
    }

    private static void rows(
            Table table, List<String> facets, JsonNode counted, List<String> leading) {
        for (JsonNode item : counted.path("items")) {
            List<String> row = new ArrayList<>(leading);
            facets.forEach(facet -> row.add(ValueText.of(item.path(facet))));
            row.add(ValueText.of(item.path("count")));
            table.row(row);
        }
    }
}
