package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.webhooks.model.FilterMatch;

/** Makes messages of events. Thread-safe. */
public interface EventContent {

    /**
     * Waits, within bounds, until the events up to a position can be judged and told.
     *
     * @return false if they cannot yet
     */
    boolean awaitUpTo(long position) throws InterruptedException;

    /** Whether a filter lets an event through. */
    boolean passes(FilterMatch filter, StoredEvent event);

    /** The CloudEvent as JSON; the same bytes each time. Not to be changed. */
    byte[] body(StoredEvent event);
}
