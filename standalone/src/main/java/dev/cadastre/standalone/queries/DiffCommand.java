package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.LimitOption;
import dev.cadastre.standalone.answers.ScopeOptions;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What differs between two instants, two states of knowledge or two snapshots. */
@Command(
        name = "diff",
        description = {
            "Show what differs between two instants, field by field, with who did it and why.",
            "What was changed and changed back is not told."
        },
        mixinStandardHelpOptions = true)
public final class DiffCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec command;
    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "${COMPLETION-CANDIDATES} (default: both).")
    private @Nullable Kind kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "One thing.")
    private @Nullable String id;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description =
                    "Compare from then; of one thing also version:N. A date is the beginning of the"
                            + " day.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            description = "Compare to then (default: now). A date is the end of the day.")
    private @Nullable String to;

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description = "What was known then of both ends; or position:N.")
    private @Nullable String knownAt;

    @Option(
            names = "--from-known-at",
            paramLabel = "INSTANT",
            description = "What was known then of the one end.")
    private @Nullable String fromKnownAt;

    @Option(
            names = "--to-known-at",
            paramLabel = "INSTANT",
            description = "What was known then of the other end.")
    private @Nullable String toKnownAt;

    @Option(
            names = "--patch",
            description =
                    "With json, ndjson or csv: a JSON Patch (RFC 6902) of each thing as well.")
    private boolean patch;

    @Mixin private LimitOption limit = new LimitOption();

    @Override
    public Integer call() {
        refuseWhatDoesNotGoTogether();
        ApiPath path =
                id == null
                        ? ApiPath.of("diff").with("kind", kind == null ? null : kind.word())
                        : ApiPath.of(Objects.requireNonNull(kind).toString(), id, "diff");
        path =
                path.with("from", from)
                        .with("to", to)
                        .with("knownAt", knownAt)
                        .with("fromKnownAt", fromKnownAt)
                        .with("toKnownAt", toKnownAt)
                        .with("patch", patch ? "true" : null);
        path = scope.addTo(path);
        Answers answers = options.answers();
        if (options.format() != OutputFormat.TABLE) {
            answers.copy(limit.addTo(path));
            return 0;
        }
        try (Table table = answers.table(DifferenceRows.HEADINGS)) {
            if (id == null) {
                answers.items(
                        path, limit.shown(), difference -> DifferenceRows.of(difference, table));
            } else {
                DifferenceRows.of(answers.read(path), table);
            }
        }
        return 0;
    }

    private void refuseWhatDoesNotGoTogether() {
        if (from == null && fromKnownAt == null) {
            throw wrong("Say where to compare from: --from INSTANT, or --from-known-at INSTANT.");
        }
        if (patch && options.format() == OutputFormat.TABLE) {
            throw wrong("--patch is for -o json, ndjson or csv.");
        }
        if (id != null && (!scope.isEmpty() || limit.isGiven())) {
            throw wrong("One thing has no --where and no --limit.");
        }
        if (id != null && options.format() == OutputFormat.CSV) {
            throw wrong("One thing comes as table, json or ndjson.");
        }
    }

    private ParameterException wrong(String words) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), words);
    }
}
