package dev.cadastre.eventstore.mongodb;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/** The servers that suites can be run against. */
public final class MongoServers {

    /** Names the server of {@link #named()}: a connection string. */
    public static final String NAMED = "CADASTRE_TEST_MONGODB_URI";

    private static final String IMAGE = "mongo:8.0";

    static {
        // At the level that is usual without a configuration, each write is printed whole.
        level("org.mongodb.driver", Level.WARN);
        level("io.netty", Level.WARN);
        // It complains about what it does not know, and answers the same.
        level("de.bwaldvogel.mongo", Level.OFF);
    }

    private MongoServers() {}

    private static void level(String logger, Level level) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }

    /**
     * A server in this process that keeps everything in memory. It speaks the protocol and guards
     * unique indexes, but knows no majority, no journal, no elections and no change streams.
     */
    public static TestServer emulator() {
        return started(new MongoServer(new MemoryBackend()));
    }

    /** The same with change streams, which it has when it keeps a log of operations. */
    static TestServer emulatorWithChangeStreams() {
        MongoServer server = new MongoServer(new MemoryBackend());
        server.enableOplog();
        return started(server);
    }

    static TestServer started(MongoServer server) {
        InetSocketAddress address = server.bind();
        return new TestServer("mongodb://127.0.0.1:" + address.getPort(), server::shutdownNow);
    }

    /** Whether the environment names a server. */
    public static boolean isNamed() {
        return System.getenv(NAMED) != null;
    }

    /**
     * The server that the environment names. Its user must be allowed to make and drop databases.
     */
    public static TestServer named() {
        return new TestServer(System.getenv(NAMED), () -> {});
    }

    /** Whether there is a Docker that can run a server. */
    public static boolean hasDocker() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** A replica set of one member in a container. */
    public static TestServer container() {
        MongoDBContainer container = new MongoDBContainer(IMAGE).withReplicaSet();
        container.start();
        return new TestServer(container.getConnectionString(), container::stop);
    }
}
