package dev.cadastre.query.changes.model;

import dev.cadastre.eventstore.log.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Change sets one after the other. For one thread. */
interface ChangeSource {

    /** The events of the next one; null at the end. */
    @Nullable List<StoredEvent> next();
}
