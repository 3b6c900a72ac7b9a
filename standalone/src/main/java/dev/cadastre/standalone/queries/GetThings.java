package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.HelpOption;
import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.LimitOption;
import dev.cadastre.standalone.answers.ScopeOptions;
import dev.cadastre.standalone.answers.TimeOptions;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A list of one kind of things, or one thing. */
abstract class GetThings implements Callable<Integer> {

    private final Kind kind;

    @Spec private @Nullable CommandSpec command;
    @Mixin private HelpOption help = new HelpOption();
    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private TimeOptions time = new TimeOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Only things in which the text occurs, without regard to case.")
    private @Nullable String text;

    @Option(
            names = "--sort",
            paramLabel = "FIELD[,FIELD...]",
            description = "Order; --sort=-validFrom turns it round (default: by id).")
    private @Nullable String sort;

    @Option(
            names = "--fields",
            paramLabel = "FIELD[,FIELD...]",
            description = "Only these fields of each thing.")
    private @Nullable String fields;

    @Mixin private LimitOption limit = new LimitOption();

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "Of one thing: its version of that number, from 0.")
    private @Nullable Integer version;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "One thing.")
    private @Nullable String id;

    GetThings(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() {
        if (id != null) {
            one(id);
        } else {
            list();
        }
        return 0;
    }

    private void one(String id) {
        if (!scope.isEmpty() || text != null || sort != null || fields != null || limit.isGiven()) {
            throw wrong("One thing has no --where, --text, --sort, --fields or --limit.");
        }
        if (options.format() == OutputFormat.CSV) {
            throw wrong("One thing comes as table, json or ndjson.");
        }
        String[] segments =
                version == null
                        ? new String[] {kind.toString(), id}
                        : new String[] {kind.toString(), id, "versions", version.toString()};
        ApiPath path = time.addTo(ApiPath.of(segments));
        Answers answers = options.answers();
        if (options.format() != OutputFormat.TABLE) {
            answers.copy(path);
            return;
        }
        answers.show(answers.read(path));
    }

    private void list() {
        if (version != null) {
            throw wrong("--version is for one thing: name its ID.");
        }
        ApiPath path = ApiPath.of(kind.toString()).with("q", text).with("sort", sort);
        path = scope.addTo(time.addTo(path)).with("fields", fields);
        Answers answers = options.answers();
        if (options.format() != OutputFormat.TABLE) {
            answers.copy(limit.addTo(path));
            return;
        }
        List<String> columns = ThingColumns.of(kind, fields);
        try (Table table = answers.table(ThingColumns.headings(columns))) {
            answers.items(
                    path, limit.shown(), thing -> table.row(ThingColumns.cells(columns, thing)));
        }
    }

    private ParameterException wrong(String words) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), words);
    }
}
