package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.client.Progress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies the embedded log into one file. */
@Command(
        name = "backup",
        description = {
            "Copy the log of a data directory into a new file, also while a server runs on it, and"
                    + " check the copy from its first event to its last.",
            "What else is to be kept: docs/operations/backup-and-restore.md."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Data directory of the register.")
    private Path data;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "File for the copy; it must not be there yet.")
    private Path to;

    @Override
    public Integer call() {
        Progress progress = new Progress("events checked", 0);
        LogHead head;
        try {
            head = EmbeddedLog.backUp(data, to, progress::at);
        } catch (LogException e) {
            throw new CommandRefused(e.getMessage(), e);
        }
        progress.end(String.format(Locale.ROOT, "Copied and checked %,d events", head.size()));
        Console.result("events " + head.size());
        Console.result("root " + HexFormat.of().formatHex(head.root()));
        return 0;
    }
}
