package dev.cadastre.eventstore.mongodb;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Runs where the environment names a server. */
@EnabledIfEnvironmentVariable(
        named = MongoServers.NAMED,
        matches = ".+",
        disabledReason = "no server is named by " + MongoServers.NAMED)
class NamedMongoEventLogTest extends MongoLogConformance {

    @Override
    TestServer server() {
        return MongoServers.named();
    }
}
