package dev.cadastre.eventstore.mongodb;

import org.junit.jupiter.api.AfterAll;

class EmulatedMongoEventLogTest extends MongoLogConformance {

    private static final TestServer SERVER = MongoServers.emulator();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    TestServer server() {
        return SERVER;
    }
}
