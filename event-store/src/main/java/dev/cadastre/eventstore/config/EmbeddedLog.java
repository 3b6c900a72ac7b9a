package dev.cadastre.eventstore.config;

import dev.cadastre.eventstore.commit.GroupCommitLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.sqlite.SqliteCommitStore;
import java.nio.file.Path;
import java.time.Clock;

/** The log that needs nothing but a directory. */
public final class EmbeddedLog {

    private EmbeddedLog() {}

    /**
     * Opens the log of a data directory, making both when they are not there. One process at a time
     * can hold it; closing the log lets go of it.
     *
     * @param clock tells recorded times
     * @throws dev.cadastre.eventstore.log.LogException.CannotOpen if another process has it, if its
     *     format is newer than this product, or if the directory cannot be written
     */
    public static EventLog open(Path dataDirectory, Clock clock) {
        return new GroupCommitLog(SqliteCommitStore.open(dataDirectory), clock);
    }
}
