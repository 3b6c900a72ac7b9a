package dev.cadastre.eventstore.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/** The servers that suites can be run against. */
public final class MongoServers {

    /** Names the server of {@link #named()}: a connection string. */
    public static final String NAMED = "CADASTRE_TEST_MONGODB_URI";

    private static final String IMAGE = "mongo:8.0";

    private MongoServers() {}

    /**
     * A server in this process that keeps everything in memory. It speaks the protocol and guards
     * unique indexes, but knows no majority, no journal, no elections and no change streams.
     */
    public static TestServer emulator() {
        MongoServer server = new MongoServer(new MemoryBackend());
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
