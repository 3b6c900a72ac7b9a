package dev.cadastre.command.config;

import dev.cadastre.command.http.CommandEndpoint;
import dev.cadastre.command.http.CommandRoute;
import dev.cadastre.command.http.CommandRoutes;
import dev.cadastre.command.http.RejectionProblems;
import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.CommandHandling;
import dev.cadastre.command.shared.Commands;
import dev.cadastre.command.shared.Timelines;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.config.BlockingWork;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The command side. Needs beans of {@link EventLog}, {@link Clock}, {@link ZoneId}, {@link
 * dev.cadastre.eventstore.config.DataDirectories} and {@link BlockingWork}; gathers the {@link
 * AggregateType}s and {@link CommandRoutes} of all features.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    ModelConfiguration.class,
    CiConfiguration.class,
    AssetConfiguration.class,
    PeopleConfiguration.class,
    ImportConfiguration.class,
    WebhookConfiguration.class,
    SnapshotConfiguration.class
})
public class CommandSideConfiguration {

    @Bean(destroyMethod = "close")
    CommandHandling commandHandling(
            EventLog log, Clock clock, ObjectProvider<AggregateType<?>> types) {
        return CommandHandling.start(log, clock, types.orderedStream().toList());
    }

    @Bean
    Commands commands(CommandHandling handling) {
        return handling.commands();
    }

    @Bean
    Timelines timelines(CommandHandling handling) {
        return handling.timelines();
    }

    @Bean
    CommandEndpoint commandEndpoint(
            Commands commands, EventLog log, BlockingWork work, Clock clock, ZoneId zone) {
        return new CommandEndpoint(commands, log, work, clock, zone);
    }

    @Bean
    RouterFunction<ServerResponse> commandRoutes(
            CommandEndpoint endpoint, ObjectProvider<CommandRoutes> features) {
        return endpoint.routes(all(features));
    }

    @Bean
    RouterFunction<ServerResponse> changeSetRoutes(
            CommandEndpoint endpoint, ObjectProvider<CommandRoutes> features) {
        return endpoint.changeSets(all(features));
    }

    private static List<CommandRoute> all(ObjectProvider<CommandRoutes> features) {
        return features.orderedStream().flatMap(feature -> feature.routes().stream()).toList();
    }

    @Bean
    RejectionProblems rejectionProblems() {
        return new RejectionProblems();
    }
}
