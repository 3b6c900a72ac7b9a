package dev.cadastre.eventstore.mongodb;

import com.mongodb.ConnectionString;
import java.util.Objects;

/**
 * Where the log lies, and what is asked of the server.
 *
 * @param uri MongoDB connection string; the database it names holds the log, {@value
 *     #DEFAULT_DATABASE} if it names none
 * @param allowStandalone for development: takes a server that is no member of a replica set, and so
 *     cannot keep what it acknowledged when its disk is lost; with it, what that server does not
 *     know (clustered collections) is done without
 * @param lease whether processes that write at the same time take turns; for speed only
 */
public record MongoLogSettings(String uri, boolean allowStandalone, boolean lease) {

    /** The database of a connection string that names none. */
    public static final String DEFAULT_DATABASE = "cadastre";

    public MongoLogSettings {
        Objects.requireNonNull(uri, "uri");
    }

    /** For a replica set, with the lease. */
    public static MongoLogSettings of(String uri) {
        return new MongoLogSettings(uri, false, true);
    }

    /** The same, taking a standalone server too. */
    public MongoLogSettings allowingStandalone() {
        return new MongoLogSettings(uri, true, lease);
    }

    /** The same, without taking turns. */
    public MongoLogSettings withoutLease() {
        return new MongoLogSettings(uri, allowStandalone, false);
    }

    /**
     * The database that holds the log.
     *
     * @throws IllegalArgumentException if the connection string is none
     */
    public String database() {
        String named = new ConnectionString(uri).getDatabase();
        return named == null ? DEFAULT_DATABASE : named;
    }
}
