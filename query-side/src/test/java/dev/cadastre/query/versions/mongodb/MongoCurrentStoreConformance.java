package dev.cadastre.query.versions.mongodb;

import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.query.versions.CurrentContents;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentStoreConformance;
import dev.cadastre.query.versions.store.CurrentTable;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** The suite against a server; a class for each server says which. */
abstract class MongoCurrentStoreConformance extends CurrentStoreConformance {

    private FreshDatabase database;

    abstract TestServer server();

    @BeforeEach
    @Override
    protected void openStore() {
        database = new FreshDatabase(server());
        super.openStore();
    }

    @Override
    protected CurrentStore open(Path directory) {
        return database.stores().current();
    }

    @Override
    protected SortedMap<String, JsonNode> contents(Path directory, CurrentTable table) {
        return CurrentContents.of(database.collections(), table);
    }

    @AfterEach
    @Override
    protected void closeStore() {
        super.closeStore();
        database.close();
    }
}
