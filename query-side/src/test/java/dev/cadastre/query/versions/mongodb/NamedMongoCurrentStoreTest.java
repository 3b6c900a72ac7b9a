package dev.cadastre.query.versions.mongodb;

import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.cadastre.eventstore.mongodb.MongoServers#isNamed")
class NamedMongoCurrentStoreTest extends MongoCurrentStoreConformance {
    @Override
    TestServer server() {
        return MongoServers.named();
    }
}
