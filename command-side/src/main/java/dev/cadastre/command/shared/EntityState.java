package dev.cadastre.command.shared;

/** What is known of an entity at one instant. Implementations are immutable, with equality. */
public interface EntityState {

    /** Whether the entity is in the register. */
    boolean present();
}
