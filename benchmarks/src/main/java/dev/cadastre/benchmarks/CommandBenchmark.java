package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.command.cis.model.CiCommand.DescribeCi;
import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.cis.model.ConfigurationItem;
import dev.cadastre.command.model.model.CiClass;
import dev.cadastre.command.model.model.DefineCiClass;
import dev.cadastre.command.model.model.RelationType;
import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.CommandContext;
import dev.cadastre.command.shared.CommandHandling;
import dev.cadastre.command.shared.Commands;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Durable commands through the aggregates and the log, HTTP left out, beside raw SQLite. */
final class CommandBenchmark {

    private static final CommandContext CONTEXT = CommandContext.of("benchmark", "benchmark");
    private static final int CIS = 20_000;
    private static final int PAYLOAD = 60;

    private final Settings settings;
    private final Table table;
    private final AtomicLong values = new AtomicLong();

    CommandBenchmark(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run(Path directory) throws Exception {
        try (RawLog raw = new RawLog(directory.resolve("raw-commands.sqlite"), PAYLOAD, 1);
                EventLog log =
                        EmbeddedLog.open(
                                Files.createDirectory(directory.resolve("commands")),
                                Clock.systemUTC());
                CommandHandling handling =
                        CommandHandling.start(
                                log,
                                Clock.systemUTC(),
                                List.of(ConfigurationItem.TYPE, CiClass.TYPE, RelationType.TYPE))) {
            Commands commands = handling.commands();
            register(commands);
            Callers.drive(
                    64, settings.seconds() * 3, (caller, n) -> describe(commands, 64, caller, n));
            rates(raw, commands, 1, 1, 0.8, 1.0);
            rates(raw, commands, 64, 64, 0.4, 0.6);
            rates(raw, commands, 512, 256, 0.5, 0.75);
            table.ratio(
                    "p50 of a command, 64 callers / a raw commit of 64",
                    "ms",
                    Comparison.alternate(
                            settings.rounds(),
                            () -> raw.medianCommitMilliseconds(64, settings.seconds()),
                            () -> drive(commands, 64).medianMilliseconds()),
                    Better.LESS,
                    3,
                    2);
        }
    }

    private void rates(
            RawLog raw, Commands commands, int callers, int batch, double must, double aim)
            throws Exception {
        table.ratio(
                "durable commands, %d callers / raw commits of %d".formatted(callers, batch),
                "/s",
                Comparison.alternate(
                        settings.rounds(),
                        () -> raw.eventsPerSecond(batch, settings.seconds()),
                        () -> drive(commands, callers).perSecond()),
                Better.MORE,
                must,
                aim);
    }

    private Callers.Answered drive(Commands commands, int callers) throws Exception {
        return Callers.drive(
                callers, settings.seconds(), (caller, n) -> describe(commands, callers, caller, n));
    }

    /** Each caller has its own slice of the CIs; no value comes twice, so every command changes. */
    private void describe(Commands commands, int callers, int caller, long number) {
        int slice = CIS / callers;
        String id = "server:" + (caller * slice + number % slice);
        commands.handle(
                CONTEXT,
                new DescribeCi(
                        id,
                        false,
                        null,
                        Map.of("patchLevel", values.getAndIncrement(), "state", "in use"),
                        List.of()));
    }

    private static void register(Commands commands) {
        commands.handle(CONTEXT, new DefineCiClass("server", new CiClassDefined(null, Map.of())));
        List<Command> batch = new ArrayList<>();
        for (int i = 0; i < CIS; i++) {
            batch.add(
                    new RegisterCi(
                            "server:" + i,
                            "server",
                            null,
                            null,
                            null,
                            Map.of("state", "in stock", "cores", 8L),
                            List.of()));
            if (batch.size() == 1_000) {
                commands.handle(CONTEXT, batch, Map.of());
                batch.clear();
            }
        }
    }
}
