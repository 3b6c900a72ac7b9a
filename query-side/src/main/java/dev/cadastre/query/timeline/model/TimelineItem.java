package dev.cadastre.query.timeline.model;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.facts.RecordedFact;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One fact in the history of a thing: its own, or one of another thing that points at it. */
public sealed interface TimelineItem permits TimelineEntry, InboundChange {

    /** The order in which facts were recorded. */
    Comparator<TimelineItem> AS_RECORDED = Comparator.comparingLong(item -> item.fact().position());

    /** The order of the instants that facts are about, then as recorded. */
    Comparator<TimelineItem> BY_EFFECTIVE_TIME =
            Comparator.comparingLong(TimelineItem::concerns).thenComparing(AS_RECORDED);

    RecordedFact fact();

    /** The retraction that took it back, if that is known at the coordinates. */
    @Nullable StoredEvent retractedBy();

    /**
     * The instant the fact is about, in microseconds since 1970: of a retraction, that of the fact
     * it takes back.
     */
    long concerns();

    /** Whether it was recorded after it became true. */
    default boolean isBackDated() {
        return fact().effectiveAt() < fact().recordedAt();
    }

    /** Whether it was recorded before it became true. */
    default boolean isScheduled() {
        return fact().effectiveAt() > fact().recordedAt();
    }
}
