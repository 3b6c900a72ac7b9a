package dev.cadastre.query.shared.facts;

import dev.cadastre.events.Event;
import dev.cadastre.events.Retraction;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All facts of one stream, in the order in which they were recorded. Immutable. */
public record StreamFacts(List<RecordedFact> recorded) {

    public StreamFacts {
        recorded = List.copyOf(recorded);
    }

    /** Reads the events of a stream, which begin with its first. */
    public static StreamFacts of(List<StoredEvent> stream) {
        return new StreamFacts(read(stream));
    }

    /**
     * Reads some events of a stream, in order. That a fact was taken back is known if the
     * retraction is among them.
     */
    public static List<RecordedFact> read(List<StoredEvent> stream) {
        List<Event> events = new ArrayList<>(stream.size());
        Map<Long, StoredEvent> retractions = new HashMap<>();
        for (StoredEvent stored : stream) {
            Event event =
                    EventJson.read(
                            stored.envelope().type(),
                            stored.envelope().revision(),
                            stored.payload());
            events.add(event);
            if (event instanceof Retraction retraction
                    && retraction.retracted() < stored.envelope().sequenceNumber()) {
                retractions.putIfAbsent(retraction.retracted(), stored);
            }
        }
        List<RecordedFact> facts = new ArrayList<>(stream.size());
        for (int i = 0; i < events.size(); i++) {
            StoredEvent stored = stream.get(i);
            @Nullable StoredEvent retractedBy = retractions.get(stored.envelope().sequenceNumber());
            facts.add(new RecordedFact(stored, events.get(i), retractedBy));
        }
        return facts;
    }

    /** The facts that make up the state at an instant, as known at a position, in fold order. */
    public List<RecordedFact> fold(long asOf, long knownAt) {
        return recorded.stream()
                .filter(fact -> fact.countsAt(asOf, knownAt))
                .sorted(RecordedFact.FOLD_ORDER)
                .toList();
    }

    /** The fact that a retraction takes back; null if it is none, or names no earlier fact. */
    public @Nullable RecordedFact takenBackBy(RecordedFact fact) {
        return fact.event() instanceof Retraction retraction
                        && retraction.retracted() >= 0
                        && retraction.retracted() < fact.sequenceNumber()
                ? recorded.get((int) retraction.retracted())
                : null;
    }

    /** The facts recorded by a position. */
    public Stream<RecordedFact> knownAt(long position) {
        return recorded.stream().filter(fact -> fact.isKnownAt(position));
    }
}
