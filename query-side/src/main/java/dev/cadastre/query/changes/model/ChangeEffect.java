package dev.cadastre.query.changes.model;

import dev.cadastre.eventstore.log.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change set did to one thing at one instant. Of what is no asset and no CI there are events
 * only: no instant, no states, no change.
 *
 * @param kind of its stream, for example {@code ci}
 * @param asOf the instant, microseconds since 1970: the effective time of its events, of
 *     retractions that of the facts taken back
 * @param before what was known of that instant just before; null where the thing was not there
 * @param after what has been known of it since; null where the thing is not there
 * @param events those about this instant, in order
 */
public record ChangeEffect(
        String kind,
        String id,
        @Nullable Long asOf,
        @Nullable Change change,
        @Nullable KnownState before,
        @Nullable KnownState after,
        List<StoredEvent> events) {

    /** What happened to the thing. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED,
        /** It reads as before: the events told nothing new of this instant. */
        UNCHANGED
    }

    /**
     * A state as it was known.
     *
     * @param version its number
     * @param content as {@link dev.cadastre.query.register.fold.BodyJson#content} gives it
     */
    public record KnownState(int version, byte[] content) {}

    public ChangeEffect {
        events = List.copyOf(events);
    }
}
