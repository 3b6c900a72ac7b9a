package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.RegisterLists;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.versions.sqlite.SqliteVersionStore;
import dev.cadastre.query.versions.store.VersionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Catching up with a log, building bodies anew, and a page of bodies in process. */
final class ProjectionBenchmark {

    private static final int BODY_BYTES = 330;
    private static final long CACHE_BYTES = 64L << 20;

    private final Settings settings;
    private final Table table;

    ProjectionBenchmark(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run(Path directory) throws Exception {
        Path data = Files.createDirectory(directory.resolve("projection"));
        try (EventLog log = EmbeddedLog.open(data, Clock.systemUTC())) {
            FilledLog.fill(log, settings.cis(), settings.events(), settings.seed());
            Path complete = directory.resolve("complete.sqlite");
            catchUp(log, complete, directory.resolve("complete.image"));
            table.ratio(
                    "index catch-up / raw scan of the log with decoding",
                    "events/s",
                    Comparison.alternate(
                            settings.rounds(),
                            () -> LogBenchmark.scan(log, true),
                            () -> {
                                Path image = directory.resolve("index.image");
                                Files.deleteIfExists(image);
                                return catchUp(log, complete, image);
                            }),
                    Better.MORE,
                    0.7,
                    0.9);
            table.ratio(
                    "rebuild with bodies / raw inserts of such bodies",
                    "events/s",
                    Comparison.alternate(
                            settings.rounds(),
                            () -> rawInserts(directory),
                            () -> {
                                Path empty = Files.createTempDirectory(directory, "rebuild");
                                return catchUp(
                                        log, empty.resolve("v.sqlite"), empty.resolve("image"));
                            }),
                    Better.MORE,
                    0.5,
                    0.5);
            page(log, complete, directory.resolve("complete.image"));
        }
    }

    private static double catchUp(EventLog log, Path versions, Path image) throws Exception {
        long began = System.nanoTime();
        try (VersionStore store = SqliteVersionStore.open(versions)) {
            return CatchUp.of(log, store, image, began);
        }
    }

    private double rawInserts(Path directory) throws Exception {
        Path file = Files.createTempFile(directory, "raw-bodies", ".sqlite");
        byte[] body = new byte[BODY_BYTES];
        long began = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA page_size = 8192");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = NORMAL");
                statement.execute("PRAGMA wal_autocheckpoint = 4000");
                statement.execute("CREATE TABLE body(key INTEGER PRIMARY KEY, json BLOB NOT NULL)");
            }
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO body VALUES(?,?)")) {
                SplittableRandom random = new SplittableRandom(3);
                int[] versions = new int[settings.cis()];
                for (long n = 0; n < settings.events(); n++) {
                    int entity = random.nextInt(settings.cis());
                    insert.setLong(1, ((long) entity << 24) + versions[entity]++);
                    insert.setBytes(2, body);
                    insert.executeUpdate();
                    if (n % 4_096 == 0) {
                        connection.commit();
                    }
                }
                connection.commit();
            }
        }
        double perSecond = settings.events() / ((System.nanoTime() - began) / 1e9);
        Files.delete(file);
        return perSecond;
    }

    private void page(EventLog log, Path versions, Path image) throws Exception {
        try (VersionStore store = SqliteVersionStore.open(versions)) {
            Bodies bodies = new Bodies(store, CACHE_BYTES);
            try (RegisterProjection projection =
                    RegisterProjection.start(log, store, bodies, image, ProjectionLimits.DEFAULT)) {
                projection.await(log.head().size() - 1, Duration.ofMinutes(10));
                RegisterLists lists = new RegisterLists(projection.index(), bodies);
                Selection selection =
                        new Selection(
                                RegisterKind.CI,
                                Map.of(
                                        "class",
                                        Set.of("server"),
                                        "environment",
                                        Set.of("production")),
                                null);
                long position = log.head().size() - 1;
                long asOf = projection.horizon().recordedAt();
                table.figure(
                        "a filtered page of 100 bodies in process, CPU",
                        CpuTime.millisecondsEach(
                                settings.seconds(),
                                () ->
                                        lists.part(
                                                selection,
                                                SortOrder.byId(),
                                                new Coordinates(asOf, asOf, position, false, false),
                                                0,
                                                100)),
                        "ms",
                        Better.LESS,
                        1,
                        0.25);
            }
        }
    }
}
