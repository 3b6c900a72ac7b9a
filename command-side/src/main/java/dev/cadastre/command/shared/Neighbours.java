package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;
import java.util.List;

/**
 * What a decision may know beyond its own entity: the other entities as now believed, including
 * what the same change set has decided before, and the time. What it relies on, it says; the log
 * re-checks that when the change set takes its slot, and a lost race is decided anew.
 */
public interface Neighbours {

    /**
     * An instant not before any recorded one; the earliest at which the decision can be recorded.
     */
    long now();

    /** An entity as now believed. */
    Timeline<? extends EntityState> timeline(StreamId stream);

    /** An entity as now believed, of a known kind. */
    @SuppressWarnings("unchecked")
    default <S extends EntityState> Timeline<S> timeline(Fold<S> fold, String id) {
        return (Timeline<S>) timeline(new StreamId(fold.kind(), id));
    }

    /**
     * How much of an entity was known.
     *
     * @param events how many of its events were recorded by then
     * @param instant when that was, microseconds since 1970
     */
    record Known(long events, long instant) {}

    /**
     * What was known of an entity at an earlier time. What the same change set decides was not.
     *
     * @throws Rejection.NotAllowed if the position lies behind the end of the log
     */
    Known known(StreamId stream, Knowledge at);

    /**
     * Relies on the entity as it was looked at: on all its recorded facts, and on no later fact of
     * these types.
     *
     * @param types stable type names
     */
    void rely(StreamId stream, List<String> types);

    /**
     * The streams with facts that depend on this one, each once. The decision relies on there being
     * no new ones.
     */
    List<StreamId> referencing(StreamId stream);

    /**
     * The streams that have ever claimed the unique value, each once, whoever holds it now. The
     * decision relies on there being no new ones only if it also claims.
     */
    List<StreamId> claimants(String value);

    /**
     * Claims a unique value for a stream of which the decision records an event. Whoever changes at
     * which valid times a value is held, claims it.
     */
    void claim(String value, StreamId stream);
}
