package dev.cadastre.events;

import java.util.List;

/** A fact that was recorded. Implementations are immutable records, named in the past tense. */
public interface Event {

    /**
     * The streams that this fact depends on by itself: what it points at, and what defines its
     * words. In no order; one may occur twice.
     */
    default List<StreamId> references() {
        return List.of();
    }
}
