package dev.cadastre.eventstore.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * The database and its collections. Whatever the connection string says, writes are acknowledged by
 * a majority's journals, reads see what a majority has, and nothing waits for ever.
 */
final class LogDatabase implements AutoCloseable {

    static final String LOG = "log";
    static final String BLOBS = "log_blobs";
    static final String TILES = "log_tiles";
    static final String STATE = "log_state";

    private static final int SELECTION_MILLIS = 3_000;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 20_000;
    private static final int MAJORITY_MILLIS = 10_000;

    private final MongoClient client;
    private final MongoDatabase database;

    private LogDatabase(MongoClient client, String name) {
        this.client = client;
        this.database = client.getDatabase(name);
    }

    static LogDatabase connect(ConnectionString uri) {
        String named = uri.getDatabase();
        MongoClientSettings settings =
                MongoClientSettings.builder()
                        .applyConnectionString(uri)
                        .applicationName("cadastre-log")
                        .writeConcern(
                                WriteConcern.MAJORITY
                                        .withJournal(true)
                                        .withWTimeout(MAJORITY_MILLIS, TimeUnit.MILLISECONDS))
                        .readConcern(ReadConcern.MAJORITY)
                        .readPreference(ReadPreference.primary())
                        // A retry of the driver would hide whether the first try may have arrived.
                        .retryWrites(false)
                        .applyToClusterSettings(
                                cluster ->
                                        cluster.serverSelectionTimeout(
                                                SELECTION_MILLIS, TimeUnit.MILLISECONDS))
                        .applyToSocketSettings(
                                socket ->
                                        socket.connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                                                .readTimeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS))
                        .build();
        return new LogDatabase(
                MongoClients.create(settings),
                named == null ? MongoLogSettings.DEFAULT_DATABASE : named);
    }

    MongoDatabase database() {
        return database;
    }

    MongoClient client() {
        return client;
    }

    MongoCollection<RawBsonDocument> log() {
        return database.getCollection(LOG, RawBsonDocument.class);
    }

    MongoCollection<BsonDocument> blobs() {
        return database.getCollection(BLOBS, BsonDocument.class);
    }

    MongoCollection<BsonDocument> tiles() {
        return database.getCollection(TILES, BsonDocument.class);
    }

    MongoCollection<BsonDocument> state() {
        return database.getCollection(STATE, BsonDocument.class);
    }

    /** Does something, and says what a failure of the driver means for the log. */
    static <T> T doing(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            throw Failures.of(what, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
