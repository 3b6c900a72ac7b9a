package dev.cadastre.query.webhooks.mongodb;

import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.cadastre.eventstore.mongodb.MongoServers#isNamed")
class NamedMongoDeliveryStatesTest extends MongoDeliveryStatesConformance {
    @Override
    TestServer server() {
        return MongoServers.named();
    }
}
