package dev.cadastre.eventstore.config;

import dev.cadastre.eventstore.commit.GroupCommitLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.sqlite.SqliteBackup;
import dev.cadastre.eventstore.sqlite.SqliteCommitStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongConsumer;

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

    /**
     * Copies the log of a data directory into a new file, also while a server writes to it; as
     * {@link SqliteBackup#write}.
     */
    public static LogHead backUp(Path dataDirectory, Path file, LongConsumer progress) {
        return SqliteBackup.write(dataDirectory, file, progress);
    }
}
