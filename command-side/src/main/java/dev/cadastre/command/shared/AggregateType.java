package dev.cadastre.command.shared;

import java.util.function.Supplier;

/** One kind of aggregate: how it is made, and how its facts add up. */
public record AggregateType<A extends TimelineAggregate<?>>(
        Class<A> type, Supplier<A> create, Fold<?> fold) {}
