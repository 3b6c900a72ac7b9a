package dev.cadastre.benchmarks;

import dev.cadastre.benchmarks.Table.Better;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log on MongoDB: what uncoordinated writers reach of plain insertions of the same documents,
 * how many insertions they waste, and what following the log reaches of a plain cursor.
 */
final class MongoBenchmark {

    private final Settings settings;
    private final Table table;

    MongoBenchmark(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run(Path directory) throws Exception {
        try (MongoTarget server = MongoTarget.open(directory)) {
            table.note(server.description());
            warmUp(server);
            for (int writers : List.of(1, 2, 4)) {
                for (boolean lease : List.of(true, false)) {
                    try (Writing writing = new Writing(server, writers, lease)) {
                        writing.measure();
                    }
                }
            }
            new MongoCatchUp(settings, table).run(server, directory);
        }
    }

    /** Until the compiler is done with what the first figures would pay for otherwise. */
    private void warmUp(MongoTarget server) throws Exception {
        for (int i = 0; i < 6; i++) {
            try (Writing writing = new Writing(server, 4, true)) {
                writing.once();
            }
        }
    }

    /** So many writers beside the insertions of what they wrote the time before. */
    private final class Writing implements AutoCloseable {

        private final MongoTarget server;
        private final int writers;
        private final boolean lease;
        private MongoTarget.@Nullable Database database;
        private @Nullable RawCommits written;
        private long commits;
        private long wasted;
        private long processorTime;
        private long inserted;
        private long processorTimeInserting;

        Writing(MongoTarget server, int writers, boolean lease) {
            this.server = server;
            this.writers = writers;
            this.lease = lease;
        }

        void once() throws Exception {
            write();
            insert();
        }

        void measure() throws Exception {
            once();
            commits = wasted = processorTime = 0;
            inserted = processorTimeInserting = 0;
            Comparison.Result result =
                    Comparison.alternate(settings.rounds(), this::insert, this::write);
            String who =
                    "%d writer%s %s lease"
                            .formatted(
                                    writers, writers == 1 ? "" : "s", lease ? "with" : "without");
            String rate = "commits to MongoDB, " + who + " / raw insertions of the same documents";
            String waste = "wasted insertions per commit, " + who;
            double wastedPerCommit = (double) wasted / commits;
            if (lease) {
                table.ratio(rate, "/s", result, Better.MORE, 0.5, 0.7);
                table.figure(waste, wastedPerCommit, "", Better.LESS, 0.1, 0.05);
            } else {
                table.statedRatio(rate, "/s", result);
                table.stated(waste, wastedPerCommit, "");
            }
            table.stated(
                    "processor time per commit, %s / per raw insertion".formatted(who),
                    processorTime / 1e6 / commits,
                    processorTimeInserting / 1e6 / inserted,
                    "ms");
            if (writers > 1 && lease) {
                table.statedRatio(
                        "raw insertions, %d at once / one after the other".formatted(writers),
                        "/s",
                        Comparison.alternate(
                                settings.rounds(),
                                () -> written.perSecond(1),
                                () -> written.perSecond(writers)));
            }
        }

        private double insert() throws Exception {
            long before = server.processorTime();
            double rate = written.perSecond(1);
            processorTimeInserting += server.processorTime() - before;
            inserted += written.size();
            return rate;
        }

        private double write() throws Exception {
            close();
            database = server.fresh();
            double rate;
            try (MongoWriters load = new MongoWriters(database.uri(), writers, lease)) {
                long before = server.processorTime();
                MongoWriters.Reached reached = load.drive(settings.seconds());
                processorTime += server.processorTime() - before;
                commits += reached.commits();
                wasted += reached.wasted();
                rate = reached.commitsPerSecond();
            }
            written = new RawCommits(server, database);
            return rate;
        }

        @Override
        public void close() {
            if (database != null) {
                database.close();
            }
        }
    }
}
