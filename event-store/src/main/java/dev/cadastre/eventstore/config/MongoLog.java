package dev.cadastre.eventstore.config;

import dev.cadastre.eventstore.commit.GroupCommitLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.mongodb.MongoCommitStore;
import dev.cadastre.eventstore.mongodb.MongoLogSettings;
import java.time.Clock;

/** The log in a database of MongoDB, for several processes at once. */
public final class MongoLog {

    private MongoLog() {}

    /**
     * The database that a connection string means.
     *
     * @throws IllegalArgumentException if it is no connection string
     */
    public static String database(String uri) {
        return MongoLogSettings.of(uri).database();
    }

    /**
     * Opens the log of the database that a connection string names.
     *
     * @param allowStandalone as {@link MongoLogSettings#allowStandalone}
     * @see #open(MongoLogSettings, Clock)
     */
    public static EventLog open(String uri, boolean allowStandalone, Clock clock) {
        MongoLogSettings settings = MongoLogSettings.of(uri);
        return open(allowStandalone ? settings.allowingStandalone() : settings, clock);
    }

    /**
     * Opens the log of a database, making its collections when they are not there.
     *
     * @param clock tells recorded times
     * @throws dev.cadastre.eventstore.log.LogException.CannotOpen if the server, the connection
     *     string or the collections are not as the log needs them; the message says what to do
     * @throws dev.cadastre.eventstore.log.LogException.Unavailable if the server does not answer
     */
    public static EventLog open(MongoLogSettings settings, Clock clock) {
        MongoCommitStore store = MongoCommitStore.open(settings);
        try {
            return new GroupCommitLog(store, clock);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }
}
