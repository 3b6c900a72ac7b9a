package dev.cadastre.query.versions.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.shared.mongodb.SharedDatabase;

/** An empty database on a server, which is closed with it. */
final class FreshDatabase implements AutoCloseable {

    private final TestServer server;
    private final TestDatabase database;
    private final MongoClient client;

    FreshDatabase(TestServer server) {
        this.server = server;
        this.database = server.freshDatabase();
        this.client = MongoClients.create(database.uri());
    }

    MongoDatabase collections() {
        return client.getDatabase(database.name());
    }

    /** Opens the stores as a process does. */
    MongoStores stores() {
        return MongoStores.in(SharedDatabase.of(collections()));
    }

    @Override
    public void close() {
        client.close();
        database.close();
        server.close();
    }
}
