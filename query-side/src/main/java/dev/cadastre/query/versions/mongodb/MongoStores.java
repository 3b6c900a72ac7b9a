package dev.cadastre.query.versions.mongodb;

import com.mongodb.client.MongoDatabase;
import dev.cadastre.query.shared.mongodb.MongoClaim;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.VersionStore;

/** Bodies and the current register in a MongoDB database. Whoever takes a store closes it. */
public final class MongoStores {

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
    public static MongoStores in(SharedDatabase shared) {
        return in(shared, MongoTiming.DEFAULT);
    }

    static MongoStores in(SharedDatabase shared, MongoTiming timing) {
        MongoClaim claim = new MongoClaim(shared, "register", timing.lease());
        MongoDatabase database = shared.database();
        return new MongoStores(
                MongoVersionStore.open(database, claim, timing),
                MongoCurrentStore.open(database, claim, timing));
    }

    public VersionStore versions() {
        return versions;
    }

    public CurrentStore current() {
        return current;
    }
}
