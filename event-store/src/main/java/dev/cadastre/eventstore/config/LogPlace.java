package dev.cadastre.eventstore.config;

import dev.cadastre.eventstore.commit.CommitSource;
import dev.cadastre.eventstore.commit.CommitStore;
import dev.cadastre.eventstore.commit.LogCopy;
import dev.cadastre.eventstore.commit.LogCopy.Copied;
import dev.cadastre.eventstore.mongodb.MongoCommitSource;
import dev.cadastre.eventstore.mongodb.MongoCommitStore;
import dev.cadastre.eventstore.mongodb.MongoLogSettings;
import dev.cadastre.eventstore.sqlite.SqliteCommitSource;
import dev.cadastre.eventstore.sqlite.SqliteCommitStore;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Where a log lies, or shall lie, to be copied from one place to the other. */
public sealed interface LogPlace {

    /**
     * Opens the log without writing to it.
     *
     * @throws dev.cadastre.eventstore.log.LogException.CannotOpen if there is none, or saying what
     *     else keeps it from being opened
     * @throws dev.cadastre.eventstore.log.LogException.Unavailable if a server does not answer
     */
    CommitSource openSource();

    /**
     * Opens the log to write to it, making what is not there yet.
     *
     * @throws dev.cadastre.eventstore.log.LogException.CannotOpen saying what to do
     * @throws dev.cadastre.eventstore.log.LogException.Unavailable if a server does not answer
     */
    CommitStore openTarget();

    /**
     * Copies the log to another place, or goes on with that; as {@link LogCopy#of}.
     *
     * @param total is told the size of the source, once
     * @param progress is told the size of the target now and then
     */
    default Copied copyTo(LogPlace target, LongConsumer total, LongConsumer progress) {
        try (CommitSource from = openSource();
                CommitStore to = target.openTarget()) {
            total.accept(from.head().size());
            return LogCopy.of(from, to, progress);
        }
    }

    /** A data directory. */
    record Directory(Path path) implements LogPlace {

        public Directory {
            path = path.toAbsolutePath().normalize();
        }

        @Override
        public CommitSource openSource() {
            return SqliteCommitSource.open(path);
        }

        @Override
        public CommitStore openTarget() {
            return SqliteCommitStore.open(path);
        }
    }

    /**
     * A database of MongoDB.
     *
     * @param uri connection string with its password: not to be shown
     * @param allowStandalone as {@link MongoLogSettings#allowStandalone}
     */
    record Database(String uri, boolean allowStandalone) implements LogPlace {

        @Override
        public CommitSource openSource() {
            return MongoCommitSource.open(settings());
        }

        @Override
        public CommitStore openTarget() {
            return MongoCommitStore.open(settings());
        }

        private MongoLogSettings settings() {
            MongoLogSettings settings = MongoLogSettings.of(uri).withoutLease();
            return allowStandalone ? settings.allowingStandalone() : settings;
        }

        @Override
        public String toString() {
            return "MongoDB";
        }
    }
}
