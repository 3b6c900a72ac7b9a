package dev.cadastre.query.histories;

import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer;

/** The server that the environment names, or else the emulator. */
public final class AnyMongoServer {

    private AnyMongoServer() {}

    public static TestServer start() {
        return MongoServers.isNamed() ? MongoServers.named() : MongoServers.emulator();
    }
}
