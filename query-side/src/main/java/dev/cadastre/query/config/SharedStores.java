package dev.cadastre.query.config;

import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.query.shared.claims.Claim;
import dev.cadastre.query.shared.mongodb.MongoClaim;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.versions.mongodb.MongoStores;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.webhooks.mongodb.MongoDeliveryStates;
import dev.cadastre.query.webhooks.state.DeliveryStates;
import java.time.Duration;

/** The stores in a database that all query-side processes of one log share. */
public final class SharedStores implements QueryStores {

    /** How long webhooks wait for a process that has died or stands still. */
    private static final Duration DELIVERY_LEASE = Duration.ofSeconds(5);

    private final SharedDatabase database;
    private final MongoStores register;

    private SharedStores(SharedDatabase database, MongoStores register) {
        this.database = database;
        this.register = register;
    }

    /**
     * Opens the stores in the database of the log.
     *
     * @param uri connection string, as the log is opened with
     * @throws dev.cadastre.query.versions.store.VersionStoreException if the database cannot be
     *     used; the message says what to do
     */
    public static QueryStores open(String uri) {
        SharedDatabase database = SharedDatabase.connect(uri, MongoLog.database(uri));
        try {
            return new SharedStores(database, MongoStores.in(database));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public VersionStore versions() {
        return register.versions();
    }

    @Override
    public CurrentStore current() {
        return register.current();
    }

    @Override
    public DeliveryStates deliveries() {
        return new MongoDeliveryStates(database);
    }

    @Override
    public Claim delivering() {
        return new MongoClaim(database, "webhooks", DELIVERY_LEASE);
    }

    @Override
    public void close() {
        database.close();
    }
}
