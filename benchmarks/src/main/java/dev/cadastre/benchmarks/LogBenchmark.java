package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.log.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The log alone, without rules: what the group-committing writer reaches of raw SQLite. */
final class LogBenchmark {

    static final byte[] METADATA = "{\"reason\":\"routine work\"}".getBytes(StandardCharsets.UTF_8);

    private final Settings settings;
    private final Table table;

    LogBenchmark(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run(Path directory) throws Exception {
        byte[] payload = payload(0);
        Path data = Files.createDirectory(directory.resolve("log"));
        try (RawLog raw = new RawLog(directory.resolve("raw-log.sqlite"), payload.length, 1);
                EventLog log = EmbeddedLog.open(data, Clock.systemUTC())) {
            AtomicLong streams = new AtomicLong();
            for (Mix mix : List.of(new Mix(1, 1), new Mix(64, 64), new Mix(512, 256))) {
                Callers.drive(
                        mix.callers(), settings.seconds(), (caller, n) -> append(log, streams));
                Comparison.Result result =
                        Comparison.alternate(
                                settings.rounds(),
                                () -> raw.eventsPerSecond(mix.batch(), settings.seconds()),
                                () ->
                                        Callers.drive(
                                                        mix.callers(),
                                                        settings.seconds(),
                                                        (caller, n) -> append(log, streams))
                                                .perSecond());
                table.statedRatio(
                        "appends to the log alone, %d callers / raw commits of %d"
                                .formatted(mix.callers(), mix.batch()),
                        "/s",
                        result);
            }
        }
        double bytes = size(data);
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC())) {
            table.figure(
                    "disk bytes per event of the log, %d-byte payloads".formatted(payload.length),
                    bytes / log.head().size(),
                    "bytes",
                    Better.LESS,
                    606,
                    300);
            scan(log);
        }
    }

    private void scan(EventLog log) throws Exception {
        table.statedRatio(
                "scan of the log with decoding / without",
                "events/s",
                Comparison.alternate(
                        settings.rounds(), () -> scan(log, false), () -> scan(log, true)));
    }

    /** Events per second of a read from the beginning. */
    static double scan(EventLog log, boolean decoding) {
        return scan(log, decoding, 1_000);
    }

    /** The same, reading about so many events at once. */
    static double scan(EventLog log, boolean decoding, int atOnce) {
        long began = System.nanoTime();
        long position = 0;
        long size = log.head().size();
        while (position < size) {
            for (Commit commit : log.commits(position, atOnce)) {
                if (decoding) {
                    for (StoredEvent event : commit.events()) {
                        EventJson.read(
                                event.envelope().type(),
                                event.envelope().revision(),
                                event.payload());
                    }
                }
                position = commit.lastPosition() + 1;
            }
        }
        return size / ((System.nanoTime() - began) / 1e9);
    }

    private static void append(EventLog log, AtomicLong streams) {
        long number = streams.getAndIncrement();
        log.append(
                        new ChangeSet(
                                randomId(),
                                "benchmark",
                                "benchmark",
                                "benchmark",
                                METADATA,
                                List.of(
                                        new ProposedEvent(
                                                "ci:server:" + number,
                                                0,
                                                randomId(),
                                                "ci.changed",
                                                1,
                                                payload(number),
                                                null,
                                                Long.MAX_VALUE,
                                                List.of())),
                                List.of(),
                                List.of(),
                                null))
                .join();
    }

    static byte[] payload(long number) {
        return EventJson.write(
                new CiChanged(
                        Map.of(
                                "state",
                                "in use",
                                "patchLevel",
                                number,
                                "address",
                                "10.20.30.40",
                                "owner",
                                "team-17",
                                "comment",
                                "checked and found as described"),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    static UUID randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong());
    }

    static double size(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private record Mix(int callers, int batch) {}
}
