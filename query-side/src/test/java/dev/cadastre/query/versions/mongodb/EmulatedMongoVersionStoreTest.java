package dev.cadastre.query.versions.mongodb;

import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;

class EmulatedMongoVersionStoreTest extends MongoVersionStoreConformance {
    @Override
    TestServer server() {
        return MongoServers.emulator();
    }
}
