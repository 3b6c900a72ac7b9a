package dev.cadastre.command.shared;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.LockAwareAggregate;
import org.axonframework.modelling.command.LockingRepository;

/**
 * Makes aggregates of timelines, under the aggregate's lock. It never fails to find one: an entity
 * of which nothing is recorded has an empty timeline.
 */
final class TimelineRepository<A extends TimelineAggregate<?>>
        extends LockingRepository<A, EventSourcedAggregate<A>> {

    private final Supplier<A> create;
    private final Timelines timelines;
    private final EventBus eventBus;

    private TimelineRepository(
            Builder<A> builder, Supplier<A> create, Timelines timelines, EventBus eventBus) {
        super(builder);
        this.create = create;
        this.timelines = timelines;
        this.eventBus = eventBus;
    }

    static <A extends TimelineAggregate<?>> TimelineRepository<A> of(
            AggregateType<A> type,
            Timelines timelines,
            EventBus eventBus,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers) {
        Builder<A> builder = new Builder<>(type.type());
        builder.parameterResolverFactory(parameters).handlerDefinition(handlers);
        return new TimelineRepository<>(builder, type.create(), timelines, eventBus);
    }

    @Override
    protected EventSourcedAggregate<A> doLoadWithLock(String stream, Long expectedVersion) {
        Timeline<?> timeline = timelines.of(stream);
        A root = create.get();
        root.resume(stream, timeline);
        CommandScope.current().load(stream, root);
        return EventSourcedAggregate.reconstruct(
                root,
                aggregateModel(),
                timeline.nextSequenceNumber() - 1,
                false,
                eventBus,
                NoSnapshotTriggerDefinition.TRIGGER);
    }

    @Override
    protected EventSourcedAggregate<A> doCreateNewForLock(Callable<A> factory) {
        throw new UnsupportedOperationException("Every aggregate can be loaded.");
    }

    /** Nothing to prepare: the events are in the unit of work already. */
    @Override
    protected void prepareForCommit(LockAwareAggregate<A, EventSourcedAggregate<A>> aggregate) {}

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<A> aggregate) {}

    @Override
    protected void doDeleteWithLock(EventSourcedAggregate<A> aggregate) {
        throw new UnsupportedOperationException("Aggregates are not deleted.");
    }

    private static final class Builder<A extends TimelineAggregate<?>>
            extends LockingRepository.Builder<A> {
        Builder(Class<A> type) {
            super(type);
        }
    }
}
