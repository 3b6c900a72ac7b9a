package dev.cadastre.query.timeline.model;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.facts.RecordedFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a timeline.
 *
 * @param retractedBy the retraction that took it back, if that is known at the coordinates
 * @param versions numbers of the versions it created
 * @param changes what it changed, by the {@link Order} asked for
 */
public record TimelineEntry(
        RecordedFact fact,
        @Nullable StoredEvent retractedBy,
        List<Integer> versions,
        BodyDifference changes) {

    public TimelineEntry {
        versions = List.copyOf(versions);
    }

    /** Whether it was recorded after it became true. */
    public boolean isBackDated() {
        return fact.effectiveAt() < fact.recordedAt();
    }

    /** Whether it was recorded before it became true. */
    public boolean isScheduled() {
        return fact.effectiveAt() > fact.recordedAt();
    }
}
