package dev.cadastre.command.shared;

/**
 * How the facts of one kind of entity add up to its state. Stateless; total: it takes every fact in
 * every state, also one that the rules would refuse.
 */
public interface Fold<S extends EntityState> {

    /** The kind of the streams it folds, see {@link dev.cadastre.events.StreamId}. */
    String kind();

    /** The state before any fact. */
    S absent();

    /** The state after one more fact, which is never a retraction. */
    S apply(S state, Fact fact);

    /** Whether facts count in the order of recording, whatever their effective time. */
    default boolean timeless() {
        return false;
    }
}
