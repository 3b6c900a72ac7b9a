package dev.cadastre.standalone.snapshots;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "verify",
        description = {
            "Have a snapshot's digest computed anew from the log, and see whether it still holds.",
            "Exit status: 0 it holds, 1 it does not, 2 wrong usage."
        },
        mixinStandardHelpOptions = true)
final class VerifySnapshot implements Callable<Integer> {

    @Mixin private AnswerOptions options = new AnswerOptions();

    @Parameters(paramLabel = "ID", description = "The snapshot.")
    private String id = "";

    @Override
    public Integer call() {
        Answers answers = options.answers();
        JsonNode verification = answers.read(SnapshotPath.of(id, "verification"));
        answers.show(verification);
        return verification.path("holds").asBoolean(false) ? 0 : 1;
    }
}
