package dev.cadastre.benchmarks;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import dev.cadastre.eventstore.mongodb.MongoCommitStore;
import dev.cadastre.eventstore.mongodb.MongoLogSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.RawBsonDocument;

/**
 * The limit of writing: the very documents of a log, inserted one by one into the collection of an
 * empty one, so with the same indexes and the same write concern, by threads that do nothing else.
 */
final class RawCommits {

    private final MongoTarget server;
    private final List<RawBsonDocument> documents;

    /** Takes the documents of the log that is in the database. */
    RawCommits(MongoTarget server, MongoTarget.Database written) {
        this.server = server;
        this.documents =
                written.log()
                        .find()
                        .sort(Sorts.ascending("_id"))
                        .batchSize(MongoTarget.DOCUMENTS_AT_ONCE)
                        .into(new ArrayList<>());
    }

    int size() {
        return documents.size();
    }

    /** Documents per second, so many insertions being under way at once. */
    double perSecond(int threads) throws Exception {
        try (MongoTarget.Database database = server.fresh()) {
            MongoCommitStore.open(MongoLogSettings.of(database.uri()).allowingStandalone()).close();
            return perSecond(
                    database.log().withWriteConcern(WriteConcern.MAJORITY.withJournal(true)),
                    threads);
        }
    }

    private double perSecond(MongoCollection<RawBsonDocument> collection, int threads)
            throws Exception {
        AtomicInteger next = new AtomicInteger();
        long began = System.nanoTime();
        try (ExecutorService inserting = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(
                        inserting.submit(
                                () -> {
                                    int one;
                                    while ((one = next.getAndIncrement()) < documents.size()) {
                                        collection.insertOne(documents.get(one));
                                    }
                                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return documents.size() / ((System.nanoTime() - began) / 1e9);
    }
}
