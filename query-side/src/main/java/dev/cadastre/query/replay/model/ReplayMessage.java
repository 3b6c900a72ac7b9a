package dev.cadastre.query.replay.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import java.util.List;

/** One message of a replay. */
public sealed interface ReplayMessage {

    /** How far the replay has been told with this message. */
    ReplayPoint point();

    /**
     * Some things of the first state, in the order of kind and id.
     *
     * @param contents as {@link dev.cadastre.query.register.fold.BodyJson#content} gives them
     */
    record FirstState(ReplayPoint point, RegisterKind kind, List<byte[]> contents)
            implements ReplayMessage {}

    /**
     * The first state is complete; steps follow.
     *
     * @param items how many things it has
     */
    record Begin(ReplayPoint point, long items) implements ReplayMessage {}

    /** A step. */
    record Change(ReplayPoint point, ReplayStep step) implements ReplayMessage {}

    /** Much was looked at, and none of it concerned the scope. */
    record Progress(ReplayPoint point) implements ReplayMessage {}

    /** The replay is at its end; the state is that of its end. */
    record End(ReplayPoint point) implements ReplayMessage {}
}
