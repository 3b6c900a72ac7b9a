package dev.cadastre.standalone.streams;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.ScopeOptions;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.terminal.OutputFormat;
import java.util.Locale;
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

/** Shows the changes between two states, one after the other. */
@Command(
        name = "replay",
        description = {
            "Show the changes between two states, one change set after the other.",
            "Goes on by itself where a connection is lost, and with --after where it was ended."
        },
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    /** Along which time. */
    enum Axis {
        EFFECTIVE,
        RECORDED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec private @Nullable CommandSpec command;
    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "${COMPLETION-CANDIDATES} (default: both).")
    private @Nullable Kind kind;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "INSTANT",
            description = "From the state of then. A date is the beginning of the day.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            description = "To the state of then (default: now). A date is the end of the day.")
    private @Nullable String to;

    @Option(
            names = "--axis",
            paramLabel = "AXIS",
            defaultValue = "effective",
            description =
                    "${COMPLETION-CANDIDATES}: as things became true, or as they became known"
                            + " (default: ${DEFAULT-VALUE}).")
    private Axis axis = Axis.EFFECTIVE;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "On the recorded axis: what was true then, all along.")
    private @Nullable String asOf;

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description = "On the effective axis: what was known then, all along.")
    private @Nullable String knownAt;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "At most so many changes a second (default: as many as there are).")
    private @Nullable Long speed;

    @Option(
            names = "--after",
            paramLabel = "ID",
            description = "Go on after the message with this id, with the other options as before.")
    private @Nullable String after;

    @Override
    public Integer call() {
        if (options.format() == OutputFormat.JSON || options.format() == OutputFormat.CSV) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "A replay comes as table or ndjson.");
        }
        ApiPath path =
                ApiPath.of("replay")
                        .with("axis", axis)
                        .with("from", from)
                        .with("to", to)
                        .with("asOf", asOf)
                        .with("knownAt", knownAt)
                        .with("kind", kind == null ? null : kind.word())
                        .with("speed", speed);
        Answers answers = options.answers();
        new StreamFollower(
                        answers.client(),
                        scope.addTo(path),
                        "id",
                        after,
                        options.format() == OutputFormat.TABLE
                                ? new ReplayRows(answers.out())
                                : (line, _) -> answers.line(line))
                .run(false);
        return 0;
    }
}
