package dev.cadastre.command.config;

import dev.cadastre.command.http.CommandRoutes;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.snapshots.http.SnapshotRoutes;
import dev.cadastre.command.snapshots.model.CoordinateSearch;
import dev.cadastre.command.snapshots.model.Snapshot;
import dev.cadastre.eventstore.log.EventLog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Snapshots. */
@Configuration(proxyBeanMethods = false)
class SnapshotConfiguration {

    @Bean
    AggregateType<Snapshot> snapshot() {
        return Snapshot.TYPE;
    }

    @Bean
    CommandRoutes snapshotCommands(EventLog log, Clock clock) {
        return new CommandRoutes(new SnapshotRoutes(new CoordinateSearch(log, clock)).routes());
    }
}
