package dev.cadastre.query.versions.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.QueryStores;
import dev.cadastre.query.versions.store.VersionStore;
import java.util.concurrent.TimeUnit;

/**
 * Opens the stores of the query side in a MongoDB database, which all query-side processes of one
 * log share. Writes are acknowledged by a majority that has journalled them; tokens are read from a
 * majority.
 */
public final class MongoStores implements QueryStores {

    private static final int CONNECT_MILLISECONDS = 3_000;
    private static final int ANSWER_MILLISECONDS = 20_000;

    private final MongoVersionStore versions;
    private final MongoCurrentStore current;
    private final Runnable disconnect;

    private MongoStores(
            MongoVersionStore versions, MongoCurrentStore current, Runnable disconnect) {
        this.versions = versions;
        this.current = current;
        this.disconnect = disconnect;
    }

    /**
     * Connects to a server and opens the stores there, or makes them.
     *
     * @throws IllegalArgumentException if the connection string is none
     * @throws dev.cadastre.query.versions.store.VersionStoreException if the database cannot be
     *     used
     */
    public static MongoStores connect(String uri, String database) {
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
        try {
            return in(client.getDatabase(database), MongoTiming.DEFAULT, client::close);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /**
     * Opens the stores, or makes them. Whoever handed in the database closes its client.
     *
     * @throws dev.cadastre.query.versions.store.VersionStoreException if the database cannot be
     *     used
     */
    public static MongoStores in(MongoDatabase database) {
        return in(database, MongoTiming.DEFAULT);
    }

    static MongoStores in(MongoDatabase database, MongoTiming timing) {
        return in(database, timing, () -> {});
    }

    private static MongoStores in(MongoDatabase database, MongoTiming timing, Runnable disconnect) {
        MongoDatabase safe =
                database.withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                        .withReadConcern(ReadConcern.MAJORITY)
                        .withReadPreference(ReadPreference.primary());
        MongoClaim claim = new MongoClaim(safe, timing.lease());
        return new MongoStores(
                MongoVersionStore.open(safe, claim, timing),
                MongoCurrentStore.open(safe, claim, timing),
                disconnect);
    }

    @Override
    public VersionStore versions() {
        return versions;
    }

    @Override
    public CurrentStore current() {
        return current;
    }

    @Override
    public void close() {
        disconnect.run();
    }
}
