package dev.cadastre.eventstore.mongodb;

import org.junit.jupiter.api.AfterAll;

/** The lease is for speed only: everything holds without it. */
class EmulatedMongoWithoutLeaseTest extends MongoLogConformance {

    private static final TestServer SERVER = MongoServers.emulator();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    TestServer server() {
        return SERVER;
    }

    @Override
    MongoLogSettings settings(String uri) {
        return super.settings(uri).withoutLease();
    }
}
