package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;

/** What is known of an entity at one instant. Implementations are immutable, with equality. */
public interface EntityState {

    /** Whether the entity is in the register. */
    boolean present();

    /** Whether it points at another entity, which must then be in the register too. */
    default boolean pointsAt(StreamId other) {
        return false;
    }
}
