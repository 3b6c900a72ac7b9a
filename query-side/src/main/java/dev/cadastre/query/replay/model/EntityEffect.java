package dev.cadastre.query.replay.model;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.kinds.RegisterKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step did to one thing of the scope.
 *
 * @param before its state within the scope before; null where it was not in it
 * @param after its state within the scope after; null where it is not in it
 * @param events those of the step that tell of it, in order
 */
public record EntityEffect(
        RegisterKind kind,
        String id,
        Change change,
        @Nullable EntityState before,
        @Nullable EntityState after,
        List<StoredEvent> events) {

    /** What happened to the thing, as seen from the scope. */
    public enum Change {
        /** It is there from now on. */
        ADDED,
        /** It is no longer there. */
        REMOVED,
        /** It was there, and is in the scope from now on. */
        ENTERED,
        /** It is still there, and no longer in the scope. */
        LEFT,
        /** It is in the scope and reads otherwise. */
        CHANGED,
        /** It reads as before: the facts told nothing new of this instant. */
        UNCHANGED
    }

    public EntityEffect {
        events = List.copyOf(events);
    }
}
