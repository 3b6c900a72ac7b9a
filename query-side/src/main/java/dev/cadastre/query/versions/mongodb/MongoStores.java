package dev.cadastre.query.versions.mongodb;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.QueryStores;
import dev.cadastre.query.versions.store.VersionStore;
import java.time.Duration;

/**
 * Opens the stores of the query side in a MongoDB database, which all query-side processes of one
 * log share. Writes are acknowledged by a majority that has journalled them; tokens are read from a
 * majority. Whoever handed in the database closes its client after the stores.
 */
public final class MongoStores implements QueryStores {

    /** How long a process without the claim waits for the one with it to write a body. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final MongoVersionStore versions;
    private final MongoCurrentStore current;

    private MongoStores(MongoVersionStore versions, MongoCurrentStore current) {
        this.versions = versions;
        this.current = current;
    }

    /**
     * Opens the stores, or makes them.
     *
     * @throws dev.cadastre.query.versions.store.VersionStoreException if the database cannot be
     *     used
     */
    public static MongoStores in(MongoDatabase database) {
        return in(database, MongoClaim.LEASE, PATIENCE);
    }

    static MongoStores in(MongoDatabase database, Duration lease, Duration patience) {
        MongoDatabase safe =
                database.withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                        .withReadConcern(ReadConcern.MAJORITY)
                        .withReadPreference(ReadPreference.primary());
        MongoClaim claim = new MongoClaim(safe, lease);
        return new MongoStores(
                MongoVersionStore.open(safe, claim, patience), MongoCurrentStore.open(safe, claim));
    }

    @Override
    public VersionStore versions() {
        return versions;
    }

    @Override
    public CurrentStore current() {
        return current;
    }
}
