package dev.cadastre.standalone;

import dev.cadastre.standalone.client.Console;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete the command line. */
@Command(
        name = "completion",
        description = {
            "Print a script that lets a shell complete commands, options and their values.",
            "In bash: source <(cadastre completion bash); zsh alike."
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

    /** The shells that the one script is for: zsh takes it as bash does. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec private @Nullable CommandSpec command;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        var root = Objects.requireNonNull(command).root().commandLine();
        Console.result(AutoComplete.bash(root.getCommandName(), root));
        return 0;
    }
}
