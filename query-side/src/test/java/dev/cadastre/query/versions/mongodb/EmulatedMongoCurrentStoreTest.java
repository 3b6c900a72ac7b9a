package dev.cadastre.query.versions.mongodb;

import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;

class EmulatedMongoCurrentStoreTest extends MongoCurrentStoreConformance {
    @Override
    TestServer server() {
        return MongoServers.emulator();
    }
}
