package dev.cadastre.query.versions.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.versions.store.VersionStoreConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The suite against a server; a class for each server says which. */
abstract class MongoVersionStoreConformance extends VersionStoreConformance {

    private TestServer server;
    private TestDatabase database;
    private MongoClient client;

    abstract TestServer server();

    @BeforeEach
    @Override
    protected void openStore() {
        server = server();
        database = server.freshDatabase();
        client = MongoClients.create(database.uri());
        super.openStore();
    }

    @Override
    protected VersionStore open(Path directory) {
        return MongoStores.in(SharedDatabase.of(client.getDatabase(database.name()))).versions();
    }

    @AfterEach
    @Override
    protected void closeStore() {
        super.closeStore();
        client.close();
        database.close();
        server.close();
    }
}
