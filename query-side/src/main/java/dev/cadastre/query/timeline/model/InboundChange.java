package dev.cadastre.query.timeline.model;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.facts.RecordedFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact of another thing by which that came to point at this one, or does so no more.
 *
 * @param from id of the other thing
 * @param added types of the relations that came
 * @param removed types of the relations that went
 */
public record InboundChange(
        String from,
        RecordedFact fact,
        @Nullable StoredEvent retractedBy,
        long concerns,
        List<String> added,
        List<String> removed)
        implements TimelineItem {

    public InboundChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }
}
