package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.config.LogPlace;
import dev.cadastre.eventstore.conformance.EventLogConformance;
import dev.cadastre.eventstore.log.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventLogTest extends EventLogConformance {

    @TempDir Path directory;

    @Override
    protected EventLog open(Clock clock) {
        return EmbeddedLog.open(directory, clock);
    }

    @Override
    public LogPlace place() {
        return new LogPlace.Directory(directory);
    }

    @Override
    public LogPlace emptyPlace() {
        return new LogPlace.Directory(directory.resolve("copy"));
    }
}
