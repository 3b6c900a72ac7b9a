package dev.cadastre.query.webhooks.mongodb;

import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;

class EmulatedMongoDeliveryStatesTest extends MongoDeliveryStatesConformance {
    @Override
    TestServer server() {
        return MongoServers.emulator();
    }
}
