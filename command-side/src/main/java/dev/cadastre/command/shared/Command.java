package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;

/** A request to change one entity, named in the imperative. Implementations are immutable. */
public interface Command {

    /** The entity that is asked to change; it need not be registered. */
    StreamId target();
}
