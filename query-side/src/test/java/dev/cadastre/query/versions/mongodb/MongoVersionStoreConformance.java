package dev.cadastre.query.versions.mongodb;

import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.versions.store.VersionStoreConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The suite against a server; a class for each server says which. */
abstract class MongoVersionStoreConformance extends VersionStoreConformance {

    private FreshDatabase database;

    abstract TestServer server();

    @BeforeEach
    @Override
    protected void openStore() {
        database = new FreshDatabase(server());
        super.openStore();
    }

    @Override
    protected VersionStore open(Path directory) {
        return database.stores().versions();
    }

    @AfterEach
    @Override
    protected void closeStore() {
        super.closeStore();
        database.close();
    }
}
