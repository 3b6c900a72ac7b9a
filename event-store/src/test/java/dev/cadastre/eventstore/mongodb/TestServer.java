package dev.cadastre.eventstore.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.UUID;

/** A server to test against. Gives out databases; closing ends the server if it was made here. */
public final class TestServer implements AutoCloseable {

    private final String uri;
    private final Runnable end;

    TestServer(String uri, Runnable end) {
        this.uri = uri;
        this.end = end;
    }

    /** The connection string as it was given. */
    public String uri() {
        return uri;
    }

    /** A database that nobody else uses; closing drops it. */
    public TestDatabase freshDatabase() {
        String name = "cadastre-test-" + UUID.randomUUID().toString().substring(0, 18);
        return new TestDatabase(uriOf(name), name);
    }

    /** The connection string with this database for its default. */
    private String uriOf(String database) {
        ConnectionString parsed = new ConnectionString(uri);
        int hosts = uri.indexOf("://") + 3;
        int options = uri.indexOf('?');
        String beforeOptions = options < 0 ? uri : uri.substring(0, options);
        int slash = beforeOptions.indexOf('/', hosts);
        String server = slash < 0 ? beforeOptions : beforeOptions.substring(0, slash);
        String query = options < 0 ? "" : uri.substring(options);
        if (parsed.getCredential() != null && !query.contains("authSource=")) {
            query +=
                    (query.isEmpty() ? "?" : "&")
                            + "authSource="
                            + parsed.getCredential().getSource();
        }
        return server + "/" + database + query;
    }

    @Override
    public void close() {
        end.run();
    }

    /**
     * A database of a test.
     *
     * @param uri connection string with this database for its default
     */
    public record TestDatabase(String uri, String name) implements AutoCloseable {

        @Override
        public void close() {
            try (MongoClient client = MongoClients.create(uri)) {
                client.getDatabase(name).drop();
            }
        }
    }
}
