package dev.cadastre.command.config;

import dev.cadastre.command.imports.http.ImportRoutes;
import dev.cadastre.command.imports.model.ImportRecord;
import dev.cadastre.command.imports.model.ImportRegister;
import dev.cadastre.command.imports.model.ImportRuns;
import dev.cadastre.command.people.keys.ExternalNames;
import dev.cadastre.command.people.model.PersonRegistry;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.CommandHandling;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.config.BlockingWork;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Imports. */
@Configuration(proxyBeanMethods = false)
class ImportConfiguration {

    @Bean
    AggregateType<ImportRecord> importRecord() {
        return ImportRecord.TYPE;
    }

    @Bean
    ImportRuns importRuns(
            EventLog log,
            CommandHandling handling,
            PersonRegistry people,
            ExternalNames names,
            ObjectProvider<AggregateType<?>> types,
            Clock clock) {
        return new ImportRuns(
                log,
                new ImportRegister(handling, people),
                trial ->
                        ImportRegister.onTrial(trial, clock, types.orderedStream().toList(), names),
                clock);
    }

    @Bean
    RouterFunction<ServerResponse> importRoutes(ImportRuns runs, BlockingWork work) {
        return new ImportRoutes(runs, work).routes();
    }
}
