package dev.cadastre.standalone;

import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.events.TailCommand;
import dev.cadastre.standalone.history.CheckHistoryCommand;
import dev.cadastre.standalone.imports.ImportCommand;
import dev.cadastre.standalone.queries.DiffCommand;
import dev.cadastre.standalone.queries.GetCommand;
import dev.cadastre.standalone.queries.HistoryCommand;
import dev.cadastre.standalone.queries.ImpactCommand;
import dev.cadastre.standalone.queries.RestoreCommand;
import dev.cadastre.standalone.snapshots.SnapshotCommand;
import dev.cadastre.standalone.terminal.PlainText;
import dev.cadastre.standalone.terminal.ReaderGone;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line. Exit status: 0 done, 1 refused or found wrong, 2 usage. */
@Command(
        name = "cadastre",
        description = "The register of an IT estate that can be rewound and proven.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            RehearseCommand.class,
            TokenCommand.class,
            ImportCommand.class,
            CheckHistoryCommand.class,
            GetCommand.class,
            DiffCommand.class,
            HistoryCommand.class,
            ImpactCommand.class,
            SnapshotCommand.class,
            TailCommand.class,
            RestoreCommand.class,
            CompletionCommand.class
        })
public final class Cadastre {

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command and returns its exit status. */
    static int run(String... args) {
        return new CommandLine(new Cadastre())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures())
                .execute(args);
    }

    private static IExecutionExceptionHandler failures() {
        return (failure, command, result) -> {
            if (failure instanceof ReaderGone) {
                return 0;
            }
            if (failure instanceof CommandRefused) {
                ("cadastre: " + failure.getMessage())
                        .lines()
                        .map(PlainText::of)
                        .forEach(Console::message);
            } else {
                Console.message("cadastre: failed unexpectedly");
                LoggerFactory.getLogger(Cadastre.class).error("", failure);
            }
            return 1;
        };
    }
}
