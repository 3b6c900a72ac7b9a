package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;

/** A request to change one entity, named in the imperative. Implementations are immutable. */
public interface Command {

    /** The entity that is asked to change; it need not be registered. */
    StreamId target();

    /**
     * The earliest effective time, in microseconds, that the command itself names for one of its
     * facts; {@link Long#MAX_VALUE} if it names none.
     */
    default long earliestEffectiveAt() {
        return Long.MAX_VALUE;
    }
}
