package dev.cadastre.query.shared.facts;

import dev.cadastre.events.Event;
import dev.cadastre.events.Retraction;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream, and the event that took it back if one did.
 *
 * @param stored as it lies in the log
 * @param event its payload
 * @param retractedBy the retraction that names it, or null
 */
public record RecordedFact(StoredEvent stored, Event event, @Nullable StoredEvent retractedBy) {

    /** The order in which facts are folded: by effective time, then as recorded. */
    public static final Comparator<RecordedFact> FOLD_ORDER =
            Comparator.comparingLong(RecordedFact::effectiveAt)
                    .thenComparingLong(RecordedFact::position);

    public Envelope envelope() {
        return stored.envelope();
    }

    public long position() {
        return stored.position();
    }

    public long sequenceNumber() {
        return stored.envelope().sequenceNumber();
    }

    public long effectiveAt() {
        return stored.envelope().effectiveAt();
    }

    public long recordedAt() {
        return stored.envelope().recordedAt();
    }

    /** Whether the fact is a retraction, which is never folded itself. */
    public boolean isRetraction() {
        return event instanceof Retraction;
    }

    /** Whether it was recorded by a position. */
    public boolean isKnownAt(long position) {
        return position() <= position;
    }

    /** Whether it was taken back by a position. */
    public boolean isRetractedAt(long position) {
        return retractedBy != null && retractedBy.position() <= position;
    }

    /** Whether it is part of the fold for all valid time, as known at a position. */
    public boolean countsAt(long position) {
        return !isRetraction() && isKnownAt(position) && !isRetractedAt(position);
    }

    /** Whether it is part of the fold at an instant, as known at a position. */
    public boolean countsAt(long asOf, long position) {
        return effectiveAt() <= asOf && countsAt(position);
    }
}
