package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.RegisterLists;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.replay.model.Axis;
import dev.cadastre.query.replay.model.Replay;
import dev.cadastre.query.replay.model.ReplayLimits;
import dev.cadastre.query.replay.model.ReplayMessage;
import dev.cadastre.query.replay.model.ReplayRange;
import dev.cadastre.query.replay.model.Replays;
import dev.cadastre.query.replay.model.StateScope;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.versions.sqlite.SqliteVersionStore;
import dev.cadastre.query.versions.store.VersionStore;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A whole history replayed over HTTP, beside the same replay in this process without patches, JSON
 * and HTTP. A change is what one change set did to one thing.
 */
final class ReplayBenchmark {

    private static final long CACHE_BYTES = 64L << 20;
    private static final String FROM = "2018-12-31T00:00:00Z";
    private static final String TO = "2100-01-01T00:00:00Z";

    private final Settings settings;
    private final Table table;
    private final Path launcher;

    ReplayBenchmark(Settings settings, Table table, Path launcher) {
        this.settings = settings;
        this.table = table;
        this.launcher = launcher;
    }

    /** How much a replay told. */
    private record Told(long changeSets, long changes) {}

    void run(Path directory) throws Exception {
        // One log for each process: the server wants its own.
        Path served = filled(directory.resolve("replay-served"));
        Path data = filled(directory.resolve("replay"));
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC());
                VersionStore store = SqliteVersionStore.open(data.resolve("versions.sqlite"));
                ServerProcess server = ServerProcess.product(launcher, served)) {
            Bodies bodies = new Bodies(store, CACHE_BYTES);
            try (RegisterProjection projection =
                    RegisterProjection.start(
                            log,
                            store,
                            bodies,
                            data.resolve("index.image"),
                            ProjectionLimits.DEFAULT)) {
                projection.await(log.head().size() - 1, Duration.ofMinutes(10));
                projection.awaitBodies();
                Replays replays =
                        new Replays(
                                projection.index(),
                                new RegisterLists(projection.index(), bodies),
                                bodies,
                                log,
                                ReplayLimits.DEFAULT);
                int last = Math.toIntExact(log.head().size() - 1);
                String token = ServerProcess.token(served);
                for (Axis axis : Axis.values()) {
                    compared(axis, range(axis, last), replays, server, token);
                }
            }
        }
    }

    private Path filled(Path data) throws Exception {
        Files.createDirectory(data);
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC())) {
            FilledLog.fill(log, settings.cis(), settings.events(), settings.seed());
        }
        return data;
    }

    private static ReplayRange range(Axis axis, int last) {
        long from = Microseconds.of(Instant.parse(FROM));
        long to = Microseconds.of(Instant.parse(TO));
        return axis == Axis.EFFECTIVE
                ? new ReplayRange(axis, new Coordinates(from, last), new Coordinates(to, last))
                : new ReplayRange(axis, new Coordinates(to, -1), new Coordinates(to, last));
    }

    private void compared(
            Axis axis, ReplayRange range, Replays replays, ServerProcess server, String token)
            throws Exception {
        String query =
                axis == Axis.EFFECTIVE
                        ? "from=" + FROM + "&to=" + TO
                        : "axis=recorded&from=position:-1&to=position:"
                                + range.to().knownAt()
                                + "&asOf="
                                + TO;
        Told all = told(replays, range);
        overHttp(server, token, query, all);
        Comparison.Result result =
                Comparison.alternate(
                        settings.rounds(),
                        () -> {
                            long began = System.nanoTime();
                            Told told = told(replays, range);
                            return told.changes() / seconds(began);
                        },
                        () -> {
                            long began = System.nanoTime();
                            overHttp(server, token, query, all);
                            return all.changes() / seconds(began);
                        });
        String what =
                "replay of %,d changes in %,d change sets, %s axis"
                        .formatted(
                                all.changes(),
                                all.changeSets(),
                                axis.name().toLowerCase(Locale.ROOT));
        table.statedRatio(
                what + ": NDJSON over HTTP / in one process without patches and JSON",
                "changes/s",
                result);
        table.figure(
                "the same over HTTP alone",
                result.load(),
                "changes/s",
                Better.MORE,
                30_000,
                50_000);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static Told told(Replays replays, ReplayRange range) {
        Replay replay =
                replays.replay(
                        range,
                        new StateScope(List.of(RegisterKind.values()), Map.of()),
                        Replays.begin(range));
        long changeSets = 0;
        long changes = 0;
        while (replay.hasNext()) {
            if (replay.next() instanceof ReplayMessage.Change change) {
                changeSets++;
                changes += change.step().effects().size();
            }
        }
        return new Told(changeSets, changes);
    }

    private static void overHttp(ServerProcess server, String token, String query, Told expected)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server.address().resolve("/api/v1/replay?" + query))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/x-ndjson")
                        .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<InputStream> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            long lines = 0;
            byte[] end = new byte[512];
            try (InputStream in = answer.body()) {
                byte[] portion = new byte[1 << 16];
                for (int read = in.read(portion); read >= 0; read = in.read(portion)) {
                    for (int i = 0; i < read; i++) {
                        lines += portion[i] == '\n' ? 1 : 0;
                    }
                    int kept = Math.min(read, end.length);
                    System.arraycopy(end, kept, end, 0, end.length - kept);
                    System.arraycopy(portion, read - kept, end, end.length - kept, kept);
                }
            }
            boolean complete =
                    new String(end, StandardCharsets.UTF_8).contains("\"message\":\"complete\"");
            // An empty line opens the stream; "begin" and "complete" frame the changes.
            if (answer.statusCode() != 200 || !complete || lines < expected.changeSets() + 3) {
                throw new IllegalStateException(
                        answer.statusCode()
                                + ", "
                                + lines
                                + " lines for "
                                + expected
                                + ": "
                                + new String(end, StandardCharsets.UTF_8).strip());
            }
        }
    }
}
