package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.eventstore.log.StoredEvent;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events after a cursor, one by one. For one thread. */
final class EventsAhead {

    private static final List<StoredEvent> NONE = List.of();

    private final EventPages pages;
    private Iterator<StoredEvent> page = NONE.iterator();
    private long given = -1;

    EventsAhead(EventPages pages) {
        this.pages = pages;
    }

    /** The event that follows the one at the cursor, whichever was asked for before; null: none. */
    @Nullable StoredEvent after(long cursor) {
        if (given != cursor || !page.hasNext()) {
            page = pages.from(cursor + 1).iterator();
        }
        if (!page.hasNext()) {
            return null;
        }
        StoredEvent event = page.next();
        given = event.position();
        return event;
    }

    /** Lets go of what was read ahead, which is much where nothing is delivered for long. */
    void forget() {
        page = NONE.iterator();
    }
}
