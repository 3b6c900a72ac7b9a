package dev.cadastre.benchmarks;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/**
 * A server that speaks MongoDB's protocol and keeps everything in memory: no journal, no majority,
 * and few of its indexes are used for reading.
 */
public final class EmulatedMongo {

    private EmulatedMongo() {}

    public static void main(String[] arguments) {
        MongoServer server = new MongoServer(new MemoryBackend());
        System.out.println("ready mongodb://127.0.0.1:" + server.bind().getPort());
    }
}
