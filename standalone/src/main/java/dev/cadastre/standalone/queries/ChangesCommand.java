package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.LimitOption;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The change sets of the log, or one of them with the states before and after it. */
@Command(
        name = "changes",
        description = {
            "Show what was recorded, change set by change set: who, when, why, and of what.",
            "With an ID, show what that change set did: the states before and after it."
        },
        mixinStandardHelpOptions = true)
public final class ChangesCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec command;
    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private ChangeFilters filters = new ChangeFilters();
    @Mixin private LimitOption limit = new LimitOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "One change set: its id, or position:N, where N is in it.")
    private @Nullable String id;

    @Override
    public Integer call() {
        ApiPath list = filters.addTo(ApiPath.of("changes"));
        if (id != null && !list.equals(ApiPath.of("changes"))) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "One change set is named by its ID alone.");
        }
        ApiPath path = id == null ? list : ApiPath.of("changes", id);
        Answers answers = options.answers();
        if (options.format() != OutputFormat.TABLE) {
            answers.copy(limit.addTo(path));
        } else if (id == null) {
            try (Table table = answers.table(ChangeRows.HEADINGS)) {
                answers.items(path, limit.shown(), change -> ChangeRows.of(change, table));
            }
        } else {
            try (Table table = answers.table(ChangeRows.EFFECT_HEADINGS)) {
                answers.items(
                        path,
                        limit.shown(),
                        change -> {
                            answers.show(ChangeRows.card(change));
                            answers.line("");
                        },
                        effect -> ChangeRows.effect(effect, table));
            }
        }
        return 0;
    }
}
