package dev.cadastre.benchmarks;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The server that the log is measured on: the one that {@value #NAMED} names, whose user must be
 * allowed to make and drop databases, or else an emulator in a process of its own.
 */
final class MongoTarget implements AutoCloseable {

    private static final String NAMED = "CADASTRE_TEST_MONGODB_URI";

    /** Besides a server that heeds the limit of a reply, there is the emulator. */
    static final int DOCUMENTS_AT_ONCE = 100;

    private static final OperatingSystemMXBean THIS_PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Pattern URI =
            Pattern.compile("(mongodb(?:\\+srv)?://[^/?]+)(?:/[^?]*)?(?:\\?(.*))?");

    private final @Nullable ServerProcess emulator;
    private final String uri;
    private final MongoClient client;

    private MongoTarget(@Nullable ServerProcess emulator, String uri) {
        this.emulator = emulator;
        this.uri = uri;
        this.client = MongoClients.create(uri);
    }

    static MongoTarget open(Path directory) throws IOException {
        String named = System.getenv(NAMED);
        if (named != null) {
            return new MongoTarget(null, named);
        }
        ServerProcess emulator =
                ServerProcess.emulatedMongo(directory.resolve("emulated-mongo.err"));
        return new MongoTarget(emulator, emulator.address().toString());
    }

    /** What the figures were taken on, and what they therefore do not tell. */
    String description() {
        if (emulator != null) {
            return "**mongodb: taken on an emulator in memory (mongo-java-server), without journal,"
                    + " majority or network; no figure on a real replica set is taken by this**";
        }
        Document hello = hello();
        String version =
                client.getDatabase("admin")
                        .runCommand(new Document("buildInfo", 1))
                        .getString("version");
        String set = hello.getString("setName");
        return set == null
                ? "**mongodb: taken on the server that %s names, which says it is version %s and no member of a replica set; no figure on a real replica set is taken by this**"
                        .formatted(NAMED, version)
                : "**mongodb: taken on the server that %s names, which says it is version %s and in the replica set %s of %d members**"
                        .formatted(
                                NAMED, version, set, hello.getList("hosts", String.class).size());
    }

    private Document hello() {
        MongoDatabase admin = client.getDatabase("admin");
        try {
            return admin.runCommand(new Document("hello", 1));
        } catch (MongoCommandException e) {
            return admin.runCommand(new Document("isMaster", 1));
        }
    }

    /** A database that nobody else uses; closing drops it. */
    Database fresh() {
        String name = "cadastre-benchmark-" + UUID.randomUUID().toString().substring(0, 18);
        return new Database(uriOf(name), client.getDatabase(name));
    }

    private String uriOf(String name) {
        ConnectionString parsed = new ConnectionString(uri);
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalArgumentException(NAMED + " is no connection string");
        }
        String options = parts.group(2) == null ? "" : parts.group(2);
        if (parsed.getCredential() != null && !options.contains("authSource=")) {
            options +=
                    (options.isEmpty() ? "" : "&")
                            + "authSource="
                            + parsed.getCredential().getSource();
        }
        return parts.group(1) + "/" + name + (options.isEmpty() ? "" : "?" + options);
    }

    /** Nanoseconds of processor time of this process and, if it is the emulator, the server. */
    long processorTime() {
        return THIS_PROCESS.getProcessCpuTime()
                + (emulator == null ? 0 : emulator.cpuTime().toNanos());
    }

    /**
     * @param uri connection string with this database for its default
     * @param raw the same for the driver
     */
    record Database(String uri, MongoDatabase raw) implements AutoCloseable {

        MongoCollection<RawBsonDocument> log() {
            return raw.getCollection("log", RawBsonDocument.class);
        }

        @Override
        public void close() {
            raw.drop();
        }
    }

    @Override
    public void close() {
        client.close();
        if (emulator != null) {
            emulator.close();
        }
    }
}
