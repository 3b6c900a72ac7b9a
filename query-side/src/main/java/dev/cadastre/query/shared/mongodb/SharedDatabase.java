package dev.cadastre.query.shared.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.TimeUnit;

/**
 * The MongoDB database that all query-side processes of one log share. Writes are acknowledged by a
 * majority that has journalled them, reads are of a majority, unless somebody asks for less.
 * Thread-safe.
 */
public final class SharedDatabase implements AutoCloseable {

    private static final int CONNECT_MILLISECONDS = 3_000;
    private static final int ANSWER_MILLISECONDS = 20_000;

    private final MongoDatabase database;
    private final Runnable disconnect;

    private SharedDatabase(MongoDatabase database, Runnable disconnect) {
        this.database =
                database.withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                        .withReadConcern(ReadConcern.MAJORITY)
                        .withReadPreference(ReadPreference.primary());
        this.disconnect = disconnect;
    }

    /**
     * Connects to a server, which need not answer yet.
     *
     * @throws IllegalArgumentException if the connection string is none
     */
    public static SharedDatabase connect(String uri, String database) {
        MongoClientSettings settings =
                MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(uri))
                        .applicationName("cadastre-register")
                        .applyToClusterSettings(
                                cluster ->
                                        cluster.serverSelectionTimeout(
                                                CONNECT_MILLISECONDS, TimeUnit.MILLISECONDS))
                        .applyToSocketSettings(
                                socket ->
                                        socket.connectTimeout(
                                                        CONNECT_MILLISECONDS, TimeUnit.MILLISECONDS)
                                                .readTimeout(
                                                        ANSWER_MILLISECONDS, TimeUnit.MILLISECONDS))
                        .build();
        MongoClient client = MongoClients.create(settings);
        return new SharedDatabase(client.getDatabase(database), client::close);
    }

    /** A database whose client is closed by whoever handed it in. */
    public static SharedDatabase of(MongoDatabase database) {
        return new SharedDatabase(database, () -> {});
    }

    /** As the driver knows it. */
    public MongoDatabase database() {
        return database;
    }

    @Override
    public void close() {
        disconnect.run();
    }
}
