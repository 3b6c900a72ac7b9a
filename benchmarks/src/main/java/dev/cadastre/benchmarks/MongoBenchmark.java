package dev.cadastre.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.commit.CommitStore;
import dev.cadastre.eventstore.commit.CommitStore.Insertion;
import dev.cadastre.eventstore.commit.EnvelopeFormat;
import dev.cadastre.eventstore.commit.GroupCommitLog;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.mongodb.MongoCommitStore;
import dev.cadastre.eventstore.mongodb.MongoLogSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.slf4j.LoggerFactory;

/**
 * The log on MongoDB beside raw insertions of the very documents that it wrote. The server is the
 * one that {@code CADASTRE_TEST_MONGODB_URI} names, otherwise one in this process that keeps
 * everything in memory: then the figures compare what is done around the server, and say nothing of
 * a replica set.
 */
final class MongoBenchmark {

    private static final int CALLERS = 64;
    private static final int MOST_DOCUMENTS = 20_000;

    private final Settings settings;
    private final Table table;

    MongoBenchmark(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run() throws Exception {
        for (String talker :
                List.of(
                        "org.mongodb.driver",
                        "de.bwaldvogel",
                        "io.netty",
                        "dev.cadastre.eventstore.mongodb")) {
            ((Logger) LoggerFactory.getLogger(talker)).setLevel(Level.OFF);
        }
        String named = System.getenv("CADASTRE_TEST_MONGODB_URI");
        if (named != null) {
            run(named);
            return;
        }
        MongoServer server = new MongoServer(new MemoryBackend());
        try {
            run("mongodb://127.0.0.1:" + server.bind().getPort());
        } finally {
            server.shutdownNow();
        }
    }

    private void run(String uri) throws Exception {
        for (boolean lease : List.of(true, false)) {
            for (int writers : List.of(1, 2, 4)) {
                writers(uri, writers, lease);
            }
        }
        catchUp(uri);
    }

    private void writers(String uri, int writers, boolean lease) throws Exception {
        List<RawBsonDocument> documents;
        AtomicLong wasted = new AtomicLong();
        try (Database warm = new Database(uri)) {
            load(warm, writers, lease, wasted);
            documents = warm.documents();
        }
        AtomicLong commits = new AtomicLong();
        wasted.set(0);
        Comparison.Result result =
                Comparison.alternate(
                        settings.rounds(),
                        () -> {
                            try (Database raw = new Database(uri)) {
                                return raw.insertionsPerSecond(documents, settings.seconds());
                            }
                        },
                        () -> {
                            try (Database database = new Database(uri)) {
                                double seconds = load(database, writers, lease, wasted);
                                long count = database.log().countDocuments();
                                commits.addAndGet(count);
                                return count / seconds;
                            }
                        });
        String what =
                "%d writers of %d callers %s the lease"
                        .formatted(writers, CALLERS, lease ? "with" : "without");
        if (lease) {
            table.ratio(
                    "commits on MongoDB, " + what + " / raw insertOne of the same",
                    "/s",
                    result,
                    Better.MORE,
                    0.5,
                    0.7);
            table.figure(
                    "insertions wasted per commit, " + what,
                    (double) wasted.get() / commits.get(),
                    "",
                    Better.LESS,
                    0.1,
                    0.05);
        } else {
            table.statedRatio(
                    "commits on MongoDB, " + what + " / raw insertOne of the same", "/s", result);
            table.stated(
                    "insertions wasted per commit, " + what,
                    (double) wasted.get() / commits.get(),
                    "");
        }
    }

    /** Seconds that the writers took. */
    private double load(Database database, int writers, boolean lease, AtomicLong wasted)
            throws Exception {
        List<EventLog> logs = new ArrayList<>();
        try {
            for (int i = 0; i < writers; i++) {
                MongoLogSettings open = database.settings();
                logs.add(
                        new GroupCommitLog(
                                counting(
                                        MongoCommitStore.open(lease ? open : open.withoutLease()),
                                        wasted),
                                Clock.systemUTC()));
            }
            AtomicLong streams = new AtomicLong();
            long began = System.nanoTime();
            Callers.drive(
                    writers * CALLERS,
                    settings.seconds(),
                    (caller, n) -> LogBenchmark.append(logs.get(caller % writers), streams));
            return (System.nanoTime() - began) / 1e9;
        } finally {
            logs.forEach(EventLog::close);
        }
    }

    private static CommitStore counting(CommitStore store, AtomicLong wasted) {
        return (CommitStore)
                Proxy.newProxyInstance(
                        MongoBenchmark.class.getClassLoader(),
                        new Class<?>[] {CommitStore.class},
                        (_, method, arguments) -> {
                            try {
                                Object result = method.invoke(store, arguments);
                                if (result == Insertion.SLOT_TAKEN) {
                                    wasted.incrementAndGet();
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private void catchUp(String uri) throws Exception {
        try (Database database = new Database(uri)) {
            load(database, 1, true, new AtomicLong());
            try (EventLog log = MongoLog.open(database.settings(), Clock.systemUTC())) {
                table.ratio(
                        "scan of the log on MongoDB with decoding / a raw cursor with decoding",
                        "events/s",
                        Comparison.alternate(
                                settings.rounds(),
                                database::rawScan,
                                () -> LogBenchmark.scan(log, true)),
                        Better.MORE,
                        0.5,
                        0.7);
            }
        }
    }

    /** A database of its own, dropped in the end. */
    private static final class Database implements AutoCloseable {
        private final String uri;
        private final MongoClient client;
        private final String name = "cadastre-benchmark-" + UUID.randomUUID();

        Database(String server) {
            int options = server.indexOf('?');
            String address = options < 0 ? server : server.substring(0, options);
            uri =
                    address
                            + (address.endsWith("/") ? "" : "/")
                            + name
                            + (options < 0 ? "" : server.substring(options));
            client = MongoClients.create(uri);
        }

        MongoLogSettings settings() {
            return MongoLogSettings.of(uri).allowingStandalone();
        }

        MongoCollection<RawBsonDocument> log() {
            return client.getDatabase(name)
                    .getCollection("log", RawBsonDocument.class)
                    .withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                    .withReadConcern(ReadConcern.MAJORITY);
        }

        List<RawBsonDocument> documents() {
            return log().find()
                    .sort(Sorts.ascending("_id"))
                    .limit(MOST_DOCUMENTS)
                    .into(new ArrayList<>());
        }

        double insertionsPerSecond(List<RawBsonDocument> documents, double seconds) {
            MongoCommitStore.open(settings()).close();
            MongoCollection<RawBsonDocument> log = log();
            long began = System.nanoTime();
            long end = began + (long) (seconds * 1e9);
            int inserted = 0;
            while (inserted < documents.size() && System.nanoTime() < end) {
                log.insertOne(documents.get(inserted++));
            }
            return inserted / ((System.nanoTime() - began) / 1e9);
        }

        double rawScan() {
            long began = System.nanoTime();
            long events = 0;
            for (Document commit :
                    client.getDatabase(name)
                            .getCollection("log")
                            .withReadConcern(ReadConcern.MAJORITY)
                            .find()
                            .sort(Sorts.ascending("_id"))) {
                for (Document event : commit.getList("e", Document.class)) {
                    Envelope envelope =
                            EnvelopeFormat.decode(event.get("hdr", Binary.class).getData());
                    EventJson.read(
                            envelope.type(),
                            envelope.revision(),
                            event.get("p", Binary.class).getData());
                    events++;
                }
            }
            return events / ((System.nanoTime() - began) / 1e9);
        }

        @Override
        public void close() {
            client.getDatabase(name).drop();
            client.close();
        }
    }
}
