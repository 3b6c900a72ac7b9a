package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots of a large estate: taken, sealed, exported and verified by the product over HTTP. */
final class SnapshotBenchmark {

    private static final String HEAP = "-Xmx1g";
    private static final int PAGE = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Settings settings;
    private final Table table;
    private final Path launcher;

    /** A running server with a large estate. */
    private record Served(ServerProcess server, HttpClient client, String token) {

        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(server.address().resolve(path))
                    .header("Authorization", "Bearer " + token);
        }

        JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(answer.body());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(answer.statusCode() + " " + body);
            }
            return body;
        }
    }

    SnapshotBenchmark(Settings settings, Table table, Path launcher) {
        this.settings = settings;
        this.table = table;
        this.launcher = launcher;
    }

    void run(Path directory) throws Exception {
        Path data = Files.createDirectory(directory.resolve("snapshots"));
        Path exports = Files.createDirectory(directory.resolve("exports"));
        // Each thing registered and, on average, changed once.
        int events = 2 * settings.entities();
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC())) {
            FilledLog.fill(log, settings.entities(), events, settings.seed());
        }
        try (ServerProcess server = ServerProcess.product(launcher, data, HEAP);
                HttpClient client =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ServerProcess plain = ServerProcess.plainExport(exports)) {
            Served served = new Served(server, client, ServerProcess.token(data));
            served.json(
                    served.request("/api/v1/counts?kind=ci")
                            .header("Min-Log-Position", Integer.toString(events - 1)));
            String first = "first";
            take(served, first);
            sealedWithin(served, first);
            Path lines = exports.resolve("ndjson");
            export(served.request(items(first)), client, "application/x-ndjson", lines);
            sealing(directory, served, lines);
            exports(served, first, plain, exports);
            pages(served, first);
            verification(served, first);
            table.stated(
                    "most memory of the server (heap at most 1 GiB)", server.peakMemory(), "MiB");
        }
    }

    private static String items(String snapshot) {
        return "/api/v1/snapshots/" + snapshot + "/items";
    }

    /** Milliseconds from the request to its answer. */
    private static double take(Served served, String id) throws Exception {
        long began = System.nanoTime();
        served.json(
                served.request("/api/v1/snapshots")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"id\":\"%s\",\"name\":\"Benchmark\"}".formatted(id))));
        return (System.nanoTime() - began) / 1e6;
    }

    /** Seconds from the event of a snapshot to the event that seals it, as they were recorded. */
    private double sealedWithin(Served served, String id) throws Exception {
        while (true) {
            JsonNode snapshot = served.json(served.request("/api/v1/snapshots/" + id));
            if (snapshot.path("state").asString().equals("sealed")) {
                if (snapshot.path("entities").asInt() != settings.entities()) {
                    throw new IllegalStateException("not all things are in " + snapshot);
                }
                return Duration.between(
                                        recordedAt(snapshot, "taken"),
                                        recordedAt(snapshot, "sealed"))
                                .toNanos()
                        / 1e9;
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static Instant recordedAt(JsonNode snapshot, String event) {
        return Instant.parse(snapshot.path(event).path("recordedAt").asString());
    }

    private void sealing(Path directory, Served served, Path lines) throws Exception {
        List<Double> answered = new ArrayList<>();
        Comparison.Result result;
        try (PlainBodies plain = new PlainBodies(directory.resolve("bodies.sqlite"), lines)) {
            plain.secondsToHash();
            result =
                    Comparison.alternate(
                            settings.rounds(),
                            plain::secondsToHash,
                            () -> {
                                String id = "round-" + answered.size();
                                answered.add(take(served, id));
                                return sealedWithin(served, id);
                            });
        }
        String what = "a snapshot of %,d things".formatted(settings.entities());
        table.figure(
                what + ": to the answer", Comparison.median(answered), "ms", Better.LESS, 50, 50);
        table.statedRatio(
                what + ": to its seal / reading the same from a plain table and hashing it",
                "s",
                result);
        table.figure("the same, to its seal", result.load(), "s", Better.LESS, 10, 5);
    }

    private void exports(Served served, String id, ServerProcess plain, Path exports)
            throws Exception {
        Map<String, String> formats = new LinkedHashMap<>();
        formats.put("ndjson", "application/x-ndjson");
        formats.put("csv", "text/csv");
        formats.put("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        for (Map.Entry<String, String> format : formats.entrySet()) {
            String name = format.getKey();
            Path file = exports.resolve(name);
            long bytes =
                    export(served.request(items(id)), served.client(), format.getValue(), file);
            URI same = plain.address().resolve("/" + name);
            read(HttpRequest.newBuilder(same), served.client(), "*/*", bytes);
            Comparison.Result result =
                    Comparison.alternate(
                            settings.rounds(),
                            () ->
                                    rowsPerSecond(
                                            HttpRequest.newBuilder(same),
                                            served.client(),
                                            "*/*",
                                            bytes),
                            () ->
                                    rowsPerSecond(
                                            served.request(items(id)),
                                            served.client(),
                                            format.getValue(),
                                            // A workbook tells when it was made.
                                            name.equals("xlsx") ? ANY : bytes));
            table.statedRatio(
                    "its export as %s (%,d MiB) / the same bytes written to a socket"
                            .formatted(name, bytes >> 20),
                    "rows/s",
                    result);
            table.figure(
                    "the same export alone", result.load(), "rows/s", Better.MORE, 30_000, 50_000);
        }
    }

    /** Any number of bytes. */
    private static final long ANY = -1;

    private double rowsPerSecond(
            HttpRequest.Builder request, HttpClient client, String type, long bytes)
            throws Exception {
        long began = System.nanoTime();
        read(request, client, type, bytes);
        return settings.entities() / ((System.nanoTime() - began) / 1e9);
    }

    private static void read(
            HttpRequest.Builder request, HttpClient client, String type, long expected)
            throws Exception {
        long read = transfer(request, client, type, OutputStream.nullOutputStream());
        if (expected != ANY && read != expected) {
            throw new IllegalStateException(read + " bytes came, not " + expected);
        }
    }

    private static long export(
            HttpRequest.Builder request, HttpClient client, String type, Path file)
            throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            return transfer(request, client, type, out);
        }
    }

    private static long transfer(
            HttpRequest.Builder request, HttpClient client, String type, OutputStream into)
            throws Exception {
        HttpResponse<InputStream> answer =
                client.send(request.header("Accept", type).build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("answered " + answer.statusCode());
        }
        try (InputStream in = answer.body()) {
            return in.transferTo(into);
        }
    }

    private void pages(Served served, String id) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            long began = System.nanoTime();
            long rows = 0;
            String cursor = "";
            while (cursor != null) {
                JsonNode page = served.json(served.request(items(id) + "?limit=" + PAGE + cursor));
                rows += page.path("items").size();
                cursor =
                        page.path("next").isNull()
                                ? null
                                : "&cursor=" + page.path("next").asString();
            }
            if (rows != settings.entities()) {
                throw new IllegalStateException(rows + " rows in all pages");
            }
            rates.add(rows / ((System.nanoTime() - began) / 1e9));
        }
        table.figure(
                "its items as JSON, page after page of %,d, read by the client".formatted(PAGE),
                Comparison.median(rates),
                "rows/s",
                Better.MORE,
                30_000,
                50_000);
    }

    private void verification(Served served, String id) throws Exception {
        long began = System.nanoTime();
        JsonNode verification =
                served.json(served.request("/api/v1/snapshots/" + id + "/verification"));
        double seconds = (System.nanoTime() - began) / 1e9;
        if (!verification.path("holds").asBoolean()) {
            throw new IllegalStateException("it does not hold: " + verification);
        }
        table.stated(
                "its verification by the log alone, %,d events"
                        .formatted(verification.path("log").path("events").asLong()),
                seconds,
                "s");
    }
}
