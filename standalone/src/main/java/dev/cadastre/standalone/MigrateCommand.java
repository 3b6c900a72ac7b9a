package dev.cadastre.standalone;

import dev.cadastre.eventstore.commit.LogCopy.Copied;
import dev.cadastre.eventstore.commit.OtherHistory;
import dev.cadastre.eventstore.config.LogPlace;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.client.Progress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies the log from one store to another. */
@Command(
        name = "migrate",
        description = {
            "Copy the log from one store to another, commit by commit exactly as it is, and check"
                    + " it on the way. What was interrupted goes on when it is run again.",
            "PLACE is a data directory, a connection string of MongoDB, or the word mongodb: the"
                    + " connection string is then in the variable CADASTRE_MONGODB_URI, or in the"
                    + " file that CADASTRE_MONGODB_URI_FILE names. Other users of this machine see"
                    + " options, so one with a password belongs there."
        },
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {

    private static final String VARIABLE = "CADASTRE_MONGODB_URI";

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            required = true,
            description = "The log to copy. It is not written to, and no server may have it open.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "PLACE",
            required = true,
            description = "Where to: empty, or the beginning of the same log.")
    private String to;

    @Option(
            names = "--allow-standalone",
            description =
                    "Take a MongoDB server that is no member of a replica set: for development"
                            + " only, since what it acknowledged can be lost.")
    private boolean allowStandalone;

    private @Nullable Progress progress;

    @Override
    public Integer call() {
        LogPlace source = place(from);
        LogPlace target = place(to);
        if (source.equals(target)) {
            throw new CommandRefused("--from and --to are the same place. Name two.");
        }
        try {
            Copied copied = source.copyTo(target, this::begin, this::at);
            tell(copied);
        } catch (LogException.Unavailable e) {
            throw new CommandRefused(
                    e.getMessage() + "\nRun the same command again: it goes on where it was.", e);
        } catch (LogException.Corrupt e) {
            throw new CommandRefused(
                    "The log contradicts itself. "
                            + e.getMessage()
                            + "\nNothing from there on was copied.",
                    e);
        } catch (LogException | OtherHistory e) {
            throw new CommandRefused(e.getMessage(), e);
        }
        return 0;
    }

    private LogPlace place(String text) {
        if (text.equals("mongodb")) {
            String uri = GivenSecret.of(VARIABLE, System.getenv());
            if (uri == null || uri.isEmpty()) {
                throw new CommandRefused(
                        "mongodb means the connection string in the variable "
                                + VARIABLE
                                + ", which is not set: mongodb://HOST:PORT/DATABASE?replicaSet="
                                + "NAME.");
            }
            return new LogPlace.Database(uri, allowStandalone);
        }
        return text.startsWith("mongodb://") || text.startsWith("mongodb+srv://")
                ? new LogPlace.Database(text, allowStandalone)
                : new LogPlace.Directory(Path.of(text));
    }

    private void begin(long size) {
        progress = new Progress("events", size);
    }

    private void at(long size) {
        if (progress != null) {
            progress.at(size);
        }
    }

    private void tell(Copied copied) {
        long size = copied.head().size();
        if (progress != null) {
            progress.end(
                    String.format(
                            Locale.ROOT,
                            "Copied and checked %,d events in %,d commits; the target had %,d"
                                    + " events before",
                            size - copied.begin(),
                            copied.commits(),
                            copied.begin()));
        }
        Console.result("events " + size);
        Console.result("root " + HexFormat.of().formatHex(copied.head().root()));
        Console.message(
                "The source and the target have this root. The target's server builds what it"
                        + " answers from anew from the log.");
    }
}
