package dev.cadastre.standalone.snapshots;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.terminal.OutputFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show what a snapshot is of, and its digest.",
        mixinStandardHelpOptions = true)
final class ShowSnapshot implements Callable<Integer> {

    @Mixin private AnswerOptions options = new AnswerOptions();

    @Parameters(paramLabel = "ID", description = "The snapshot.")
    private String id = "";

    @Override
    public Integer call() {
        Answers answers = options.answers();
        if (options.format() == OutputFormat.TABLE) {
            answers.show(SnapshotCard.of(answers.read(SnapshotPath.of(id))));
        } else {
            answers.copy(SnapshotPath.of(id));
        }
        return 0;
    }
}
