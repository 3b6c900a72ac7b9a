package dev.cadastre.standalone;

import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.history.CheckHistoryCommand;
import dev.cadastre.standalone.imports.ImportCommand;
import dev.cadastre.standalone.queries.ChangesCommand;
import dev.cadastre.standalone.queries.DiffCommand;
import dev.cadastre.standalone.queries.GetCommand;
import dev.cadastre.standalone.queries.HistoryCommand;
import dev.cadastre.standalone.queries.ImpactCommand;
import dev.cadastre.standalone.queries.RestoreCommand;
import dev.cadastre.standalone.snapshots.SnapshotCommand;
import dev.cadastre.standalone.streams.ReplayCommand;
import dev.cadastre.standalone.streams.TailCommand;
import dev.cadastre.standalone.terminal.PlainText;
import dev.cadastre.standalone.terminal.ReaderGone;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
        synopsisSubcommandLabel = "COMMAND")
public final class Cadastre {

    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand::new);
        commands.put("rehearse", RehearseCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("import", ImportCommand::new);
        commands.put("check-history", CheckHistoryCommand::new);
        commands.put("get", GetCommand::new);
        commands.put("diff", DiffCommand::new);
        commands.put("history", HistoryCommand::new);
        commands.put("changes", ChangesCommand::new);
        commands.put("impact", ImpactCommand::new);
        commands.put("snapshot", SnapshotCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("tail", TailCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command and returns its exit status. */
    static int run(String... args) {
        return commandLine(args)
                .registerConverter(Kind.class, new Kind.Converter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures())
                .execute(args);
    }

    /**
     * Reading how all commands are used takes longer than most of them: one is enough to run it.
     */
    private static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Cadastre());
        String first = args.length == 0 ? "" : args[0];
        boolean one = COMMANDS.containsKey(first) && !first.equals("completion");
        COMMANDS.forEach(
                (name, command) -> {
                    if (!one || name.equals(first)) {
                        line.addSubcommand(name, command.get());
                    }
                });
        return line;
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
