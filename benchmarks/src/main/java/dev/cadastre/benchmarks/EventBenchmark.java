package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * The event stream of the product as a process: how many events reach a hundred subscribers, and
 * how long after its acknowledgement one does. The readers take part of the two cores.
 */
final class EventBenchmark {

    private static final int SUBSCRIBERS = 100;

    /** Events recorded at once, and how many may be on their way to the slowest subscriber. */
    private static final int CHANGE_SET = 50;

    private static final int WINDOW = 1_000;

    private static final int COMMANDS_PER_SECOND = 500;
    private static final int CONNECTIONS = 50;
    private static final Pattern SIZE =
            Pattern.compile("^cadastre_log_events (\\S+)", Pattern.MULTILINE);
    private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+)");

    private final Settings settings;
    private final Table table;
    private final Path launcher;

    EventBenchmark(Settings settings, Table table, Path launcher) {
        this.settings = settings;
        this.table = table;
        this.launcher = launcher;
    }

    void run(Path directory) throws Exception {
        Path data = Files.createDirectory(directory.resolve("events"));
        try (ServerProcess product = ServerProcess.product(launcher, data)) {
            String token = ServerProcess.token(data);
            product.send(
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString("{}")),
                    "/api/v1/ci-classes/server",
                    token);
            fanOut(directory, product, token);
            latency(product, token, 1);
            latency(product, token, SUBSCRIBERS);
            live(product, token);
        }
    }

    private void fanOut(Path directory, ServerProcess product, String token) throws Exception {
        delivered(product, token);
        Path lines = directory.resolve("lines");
        Files.writeString(lines, lines(product, token));
        try (ServerProcess plain = ServerProcess.plainFanOut(lines, SUBSCRIBERS)) {
            Comparison.Result result =
                    Comparison.alternate(
                            settings.rounds(),
                            () -> written(plain),
                            () -> delivered(product, token));
            table.statedRatio(
                    "events to %d subscribers in all / the same lines by plain sockets"
                            .formatted(SUBSCRIBERS),
                    "events/s",
                    result);
            table.figure(
                    "events to %d subscribers in all".formatted(SUBSCRIBERS),
                    result.load(),
                    "events/s",
                    Better.MORE,
                    50_000,
                    100_000);
        }
    }

    /** The lines of one change set, as the product sends them. */
    private static String lines(ServerProcess product, String token) throws Exception {
        return product.send(
                HttpRequest.newBuilder().header("Accept", "application/x-ndjson").GET(),
                "/api/v1/events?follow=false&type=ci.registered&limit=" + CHANGE_SET,
                token);
    }

    private double written(ServerProcess plain) throws Exception {
        try (Subscribers subscribers =
                new Subscribers(plain.address().resolve("/"), "none", SUBSCRIBERS, 0)) {
            return perSecond(subscribers, () -> LockSupport.parkNanos(1_000_000));
        }
    }

    private double delivered(ServerProcess product, String token) throws Exception {
        int[] sent = {0};
        URI events = eventsFrom(product, size(product, token));
        try (Subscribers subscribers = new Subscribers(events, token, SUBSCRIBERS, 0);
                KeptConnection commands =
                        new KeptConnection(
                                product.address().resolve("/api/v1/change-sets"), token)) {
            return perSecond(
                    subscribers,
                    () -> {
                        if (sent[0] - subscribers.linesOfTheSlowest() < WINDOW) {
                            commands.post(changeSet());
                            sent[0] += CHANGE_SET;
                        } else {
                            LockSupport.parkNanos(200_000);
                        }
                    });
        }
    }

    private interface Turn {
        void take() throws IOException;
    }

    private double perSecond(Subscribers subscribers, Turn turn) throws IOException {
        long began = System.nanoTime();
        long before = subscribers.lines();
        long end = began + (long) (Math.max(1, settings.seconds()) * 1e9);
        while (System.nanoTime() < end) {
            turn.take();
        }
        return (subscribers.lines() - before) / ((System.nanoTime() - began) / 1e9);
    }

    private void latency(ServerProcess product, String token, int subscribers) throws Exception {
        measure(product, token, subscribers);
        Histogram latencies = measure(product, token, subscribers);
        String what =
                "from acknowledgement to arrival at %d subscriber%s, %d commands/s"
                        .formatted(subscribers, subscribers == 1 ? "" : "s", COMMANDS_PER_SECOND);
        table.figure(
                what + ", median",
                latencies.getValueAtPercentile(50) / 1e6,
                "ms",
                Better.LESS,
                10,
                5);
        table.figure(
                what + ", slowest hundredth",
                latencies.getValueAtPercentile(99) / 1e6,
                "ms",
                Better.LESS,
                100,
                50);
    }

    private Histogram measure(ServerProcess product, String token, int number) throws Exception {
        int perConnection =
                (int) (Math.max(2, 2 * settings.seconds()) * COMMANDS_PER_SECOND / CONNECTIONS);
        int commands = perConnection * CONNECTIONS;
        long[] acknowledged = new long[commands];
        long first = size(product, token);
        try (Subscribers subscribers =
                new Subscribers(eventsFrom(product, first), token, number, commands)) {
            send(product, token, perConnection, first, acknowledged);
            while (subscribers.linesOfTheSlowest() < commands) {
                LockSupport.parkNanos(1_000_000);
            }
            Histogram latencies = new Histogram(60_000_000_000L, 3);
            for (int line = 0; line < commands; line++) {
                for (long arrival : subscribers.arrivals(line)) {
                    latencies.recordValue(Math.max(0, arrival - acknowledged[line]));
                }
            }
            return latencies;
        }
    }

    private static void send(
            ServerProcess product, String token, int perConnection, long first, long[] acknowledged)
            throws Exception {
        URI target = product.address().resolve("/api/v1/cis");
        long pause = 1_000_000_000L * CONNECTIONS / COMMANDS_PER_SECOND;
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                long offset = began + connection * pause / CONNECTIONS;
                running.add(
                        threads.submit(
                                () -> {
                                    try (KeptConnection kept = new KeptConnection(target, token)) {
                                        for (int n = 0; n < perConnection; n++) {
                                            LockSupport.parkNanos(
                                                    offset + n * pause - System.nanoTime());
                                            String answer = kept.post(registration());
                                            long now = System.nanoTime();
                                            acknowledged[(int) (position(answer) - first)] = now;
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    /** From an acknowledgement to the message of a live count that includes it. */
    private void live(ServerProcess product, String token) throws Exception {
        Histogram latencies = new Histogram(60_000_000_000L, 3);
        URI counts = product.address().resolve("/api/v1/live?view=counts&kind=ci&by=class");
        int changes = (int) Math.max(20, 20 * settings.seconds());
        try (Subscribers subscriber = new Subscribers(counts, token, 1, changes + 1);
                KeptConnection commands =
                        new KeptConnection(product.address().resolve("/api/v1/cis"), token)) {
            while (subscriber.lines() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            for (int change = 1; change <= changes; change++) {
                commands.post(registration());
                long acknowledged = System.nanoTime();
                while (subscriber.lines() <= change) {
                    LockSupport.parkNanos(100_000);
                }
                long arrival = subscriber.arrivals(change)[0];
                latencies.recordValue(Math.max(0, arrival - acknowledged));
            }
        }
        table.stated(
                "from acknowledgement to the message of a live count, one after another, median",
                latencies.getValueAtPercentile(50) / 1e6,
                "ms");
    }

    /** How many events the log holds: the position of the next. */
    private static long size(ServerProcess product, String token) throws Exception {
        String metrics =
                product.send(HttpRequest.newBuilder().GET(), "/actuator/prometheus", token);
        Matcher matcher = SIZE.matcher(metrics);
        if (!matcher.find()) {
            throw new IllegalStateException("no size of the log in " + metrics);
        }
        return (long) Double.parseDouble(matcher.group(1));
    }

    private static long position(String json) {
        Matcher matcher = POSITION.matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no position in " + json);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static URI eventsFrom(ServerProcess product, long first) {
        return product.address().resolve("/api/v1/events?after=" + (first - 1));
    }

    private static String changeSet() {
        return IntStream.range(0, CHANGE_SET)
                .mapToObj(
                        _ ->
                                "{\"method\":\"POST\",\"path\":\"/api/v1/cis\",\"body\":"
                                        + registration()
                                        + "}")
                .collect(Collectors.joining(",", "{\"commands\":[", "]}"));
    }

    private static String registration() {
        return "{\"id\":\"%s\",\"class\":\"server\",\"attributes\":{\"state\":\"in use\"}}"
                .formatted(UUID.randomUUID());
    }
}
