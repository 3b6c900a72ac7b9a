package dev.cadastre.command.shared;

import dev.cadastre.eventstore.axon.LogEventStorageEngine;
import dev.cadastre.eventstore.log.EventLog;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.modelling.command.Repository;

/**
 * Axon, set up for commands: aggregates on a log that handle commands in the caller's thread, no
 * event processors. Modules on the class path are not looked for, so nothing calls out.
 */
public final class CommandHandling implements AutoCloseable {

    private final Configuration axon;
    private final Timelines timelines;
    private final Commands commands;

    private CommandHandling(Configuration axon, Timelines timelines, Commands commands) {
        this.axon = axon;
        this.timelines = timelines;
        this.commands = commands;
    }

    /**
     * Starts handling commands.
     *
     * @param types the kinds of aggregates
     */
    public static CommandHandling start(
            EventLog log, Clock clock, Collection<? extends AggregateType<?>> types) {
        Timelines timelines =
                new Timelines(log, types.stream().<Fold<?>>map(AggregateType::fold).toList());
        QueuedChangeSets queued = new QueuedChangeSets();
        Configurer configurer =
                DefaultConfigurer.defaultConfiguration(false)
                        .configureEmbeddedEventStore(_ -> new LogEventStorageEngine(log))
                        .configureCorrelationDataProviders(_ -> List.of())
                        .registerComponent(
                                Neighbours.class,
                                _ -> new ScopedNeighbours(log, timelines, queued, clock));
        for (AggregateType<?> type : types) {
            configure(configurer, type, timelines);
        }
        Configuration axon = configurer.start();
        Map<String, Repository<?>> repositories = new HashMap<>();
        types.forEach(type -> repositories.put(type.fold().kind(), axon.repository(type.type())));
        return new CommandHandling(
                axon,
                timelines,
                new Commands(repositories, axon.getComponent(Neighbours.class), timelines, queued));
    }

    private static <A extends TimelineAggregate<?>> void configure(
            Configurer configurer, AggregateType<A> type, Timelines timelines) {
        configurer.configureAggregate(
                AggregateConfigurer.defaultConfiguration(type.type())
                        .configureRepository(
                                axon ->
                                        TimelineRepository.of(
                                                type,
                                                timelines,
                                                axon.eventBus(),
                                                axon.parameterResolverFactory(),
                                                axon.handlerDefinition(type.type()))));
    }

    public Commands commands() {
        return commands;
    }

    public Timelines timelines() {
        return timelines;
    }

    @Override
    public void close() {
        axon.shutdown();
    }
}
