package dev.cadastre.query.config;

import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.query.versions.mongodb.MongoStores;
import dev.cadastre.query.versions.store.QueryStores;

/** The stores in a database that all query-side processes of one log share. */
public final class SharedStores {

    private SharedStores() {}

    /**
     * Opens the stores in the database of the log.
     *
     * @param uri connection string, as the log is opened with
     * @throws dev.cadastre.query.versions.store.VersionStoreException if the database cannot be
     *     used; the message says what to do
     */
    public static QueryStores open(String uri) {
        return MongoStores.connect(uri, MongoLog.database(uri));
    }
}
