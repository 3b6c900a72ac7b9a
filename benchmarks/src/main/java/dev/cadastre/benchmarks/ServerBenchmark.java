package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** The product as a process: commands over HTTP, an import end to end, and a start. */
final class ServerBenchmark {

    private static final int PAYLOAD = 60;

    /**
     * Measurements driven before the first that counts: until then the compiler competes for the
     * same cores, and the server that does nothing has far less to compile.
     */
    private static final int WARM_UP = 12;

    private final Settings settings;
    private final Table table;
    private final Path launcher;

    /**
     * @param launcher starts the product as its users do
     */
    ServerBenchmark(Settings settings, Table table, Path launcher) {
        this.settings = settings;
        this.table = table;
        this.launcher = launcher;
    }

    void http(Path directory) throws Exception {
        Path data = Files.createDirectory(directory.resolve("http"));
        Path trust = directory.resolve("no-work");
        try (ServerProcess product = ServerProcess.product(launcher, data);
                ServerProcess nothing = ServerProcess.withoutWork(trust)) {
            String token = ServerProcess.token(data);
            product.send(
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString("{}")),
                    "/api/v1/ci-classes/server",
                    token);
            HttpLoad commands = new HttpLoad(product.address().resolve("/api/v1/cis"), token);
            HttpLoad limit =
                    new HttpLoad(
                            nothing.address().resolve("/api/v1/nothing"),
                            ServerProcess.token(trust));
            for (int connections : new int[] {64, 256}) {
                commands.requestsPerSecond(
                        connections, WARM_UP * settings.seconds(), this::registration);
                limit.requestsPerSecond(
                        connections, WARM_UP * settings.seconds(), this::registration);
                table.ratio(
                        "one command over HTTP, durable, %d connections / a POST that does nothing"
                                .formatted(connections),
                        "/s",
                        Comparison.alternate(
                                settings.rounds(),
                                () ->
                                        limit.requestsPerSecond(
                                                connections,
                                                settings.seconds(),
                                                this::registration),
                                () ->
                                        commands.requestsPerSecond(
                                                connections,
                                                settings.seconds(),
                                                this::registration)),
                        Better.MORE,
                        0.4,
                        0.6);
            }
        }
    }

    private String registration(long number) {
        return "{\"id\":\"%s\",\"class\":\"server\",\"attributes\":{\"number\":%d,\"state\":\"in use\"}}"
                .formatted(UUID.randomUUID(), number);
    }

    void history(Path directory) throws Exception {
        Path file = history(directory, settings.cis(), settings.events());
        List<Double> bytes = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        try (RawLog raw = new RawLog(directory.resolve("raw-import.sqlite"), PAYLOAD, 10)) {
            table.ratio(
                    "history import end to end / raw appends of 256",
                    "events/s",
                    Comparison.alternate(
                            settings.rounds(),
                            () -> raw.eventsPerSecond(256, settings.seconds()),
                            () -> imported(directory, file, settings.events(), bytes, memory)),
                    Better.MORE,
                    0.3,
                    0.5);
        }
        table.figure(
                "disk bytes per imported event: log",
                Comparison.median(bytes),
                "bytes",
                Better.LESS,
                606,
                300);
        int quarter = settings.events() / 4;
        List<Double> less = new ArrayList<>();
        imported(
                directory,
                history(directory, settings.cis(), quarter),
                quarter,
                new ArrayList<>(),
                less);
        table.stated(
                "most memory of the server, %,d events imported (heap at most 512 MiB)"
                        .formatted(quarter),
                less.getFirst(),
                "MiB");
        table.stated(
                "the same, %,d events".formatted(settings.events()),
                Comparison.median(memory),
                "MiB");
    }

    /** Events per second from the first byte sent until all are queryable. */
    private double imported(
            Path directory, Path file, int events, List<Double> bytes, List<Double> memory)
            throws Exception {
        Path data = Files.createTempDirectory(directory, "import");
        double perSecond;
        try (ServerProcess server = ServerProcess.product(launcher, data, "-Xmx512m")) {
            String token = ServerProcess.token(data);
            long began = System.nanoTime();
            server.send(
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/x-ndjson")
                            .POST(BodyPublishers.ofFile(file)),
                    "/api/v1/imports?profile=history&source=benchmark",
                    token);
            server.send(
                    HttpRequest.newBuilder().header("Min-Log-Position", "" + (events - 1)).GET(),
                    "/api/v1/cis?limit=1",
                    token);
            perSecond = events / ((System.nanoTime() - began) / 1e9);
            memory.add((double) server.peakMemory());
        }
        bytes.add(Files.size(data.resolve("log.sqlite")) / (double) events);
        return perSecond;
    }

    private Path history(Path directory, int cis, int events) throws IOException {
        Path file = Files.createTempFile(directory, "history", ".ndjson.gz");
        try (Writer out =
                new BufferedWriter(
                        new OutputStreamWriter(
                                new GZIPOutputStream(Files.newOutputStream(file)),
                                StandardCharsets.UTF_8))) {
            new SyntheticHistory(cis, events, settings.seed()).writeTo(out);
        }
        return file;
    }

    void start(Path directory) throws Exception {
        Path data = Files.createDirectory(directory.resolve("start"));
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC())) {
            FilledLog.fill(log, settings.eventsAtStart() / 10, settings.eventsAtStart(), 1);
        }
        table.stated(
                "first start on %,d events, nothing projected yet"
                        .formatted(settings.eventsAtStart()),
                secondsToAnswer(data),
                "s");
        List<Double> later = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            later.add(secondsToAnswer(data));
        }
        table.figure(
                "start on %,d events to the first correct answer"
                        .formatted(settings.eventsAtStart()),
                Comparison.median(later),
                "s",
                Better.LESS,
                10,
                2);
        List<Double> withoutImage = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            Files.deleteIfExists(data.resolve("index.image"));
            withoutImage.add(secondsToAnswer(data));
        }
        table.stated("the same without the index image", Comparison.median(withoutImage), "s");
    }

    private double secondsToAnswer(Path data) throws Exception {
        long began = System.nanoTime();
        try (ServerProcess server = ServerProcess.product(launcher, data)) {
            String counts =
                    server.send(
                            HttpRequest.newBuilder().GET(),
                            "/api/v1/counts?kind=ci&by=class",
                            ServerProcess.token(data));
            double seconds = (System.nanoTime() - began) / 1e9;
            if (!counts.contains("" + settings.eventsAtStart() / 10)) {
                throw new IllegalStateException("a wrong answer: " + counts);
            }
            return seconds;
        }
    }
}
