package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.config.QueryStores;
import dev.cadastre.query.config.SharedStores;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Where the log lies, and what the query side keeps besides it. */
sealed interface Storage {

    /**
     * Opens the log.
     *
     * @throws dev.cadastre.eventstore.log.LogException.CannotOpen saying what to do
     */
    EventLog openLog(DataDirectories directories, Clock clock);

    /**
     * Opens what the query side keeps; null for files in the data directory.
     *
     * @throws dev.cadastre.query.versions.store.VersionStoreException saying what to do
     */
    @Nullable QueryStores openStores();

    /** What an operator calls the place, without any secret. */
    String place(DataDirectories directories);

    /** Files of the data directory, for one process. */
    record Embedded() implements Storage {

        @Override
        public EventLog openLog(DataDirectories directories, Clock clock) {
            return EmbeddedLog.open(directories.data(), clock);
        }

        @Override
        public @Nullable QueryStores openStores() {
            return null;
        }

        @Override
        public String place(DataDirectories directories) {
            return directories.data().toString();
        }
    }

    /**
     * A database of MongoDB, which any number of processes share.
     *
     * @param uri connection string with its password: not to be shown
     * @param allowStandalone whether the server need not be a member of a replica set
     */
    record Mongodb(String uri, boolean allowStandalone) implements Storage {

        @Override
        public EventLog openLog(DataDirectories directories, Clock clock) {
            return MongoLog.open(uri, allowStandalone, clock);
        }

        @Override
        public QueryStores openStores() {
            return SharedStores.open(uri);
        }

        @Override
        public String place(DataDirectories directories) {
            return "the database " + MongoLog.database(uri) + " of MongoDB";
        }

        /** Without the connection string, which may hold a password. */
        @Override
        public String toString() {
            return "Mongodb[allowStandalone=" + allowStandalone + "]";
        }
    }
}
