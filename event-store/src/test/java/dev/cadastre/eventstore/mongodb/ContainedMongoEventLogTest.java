package dev.cadastre.eventstore.mongodb;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs where there is a Docker: a real replica set of one member. */
@EnabledIf(
        value = "dev.cadastre.eventstore.mongodb.MongoServers#hasDocker",
        disabledReason = "there is no Docker")
class ContainedMongoEventLogTest extends MongoLogConformance {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = MongoServers.container();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    TestServer server() {
        return server;
    }

    @Override
    MongoLogSettings settings(String uri) {
        return MongoLogSettings.of(uri);
    }
}
