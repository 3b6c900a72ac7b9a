package dev.cadastre.query.diff.model;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads the events that can have made things differ between two coordinates. The index knows where
 * they lie, so that a long history costs no more than what changed.
 */
final class EventsOfChange {

    /** An event by its position takes about as long as so many in the order of their stream. */
    private static final int AS_MANY = 4;

    private final TemporalIndex index;
    private final EventLog log;

    /**
     * Where the events of one thing lie.
     *
     * @param versions how many versions it has, and so about how many events
     */
    private record Places(String stream, int[] positions, int versions) {}

    EventsOfChange(TemporalIndex index, EventLog log) {
        this.index = index;
        this.log = log;
    }

    /**
     * For each candidate events of its stream, in order: at least those that count at one of the
     * coordinates and not at the other, and those that take them back.
     */
    List<List<StoredEvent>> read(List<Candidate> candidates, Coordinates from, Coordinates to) {
        List<Places> places =
                index.read(
                        view -> {
                            List<Places> found = new ArrayList<>(candidates.size());
                            for (Candidate candidate : candidates) {
                                KindView things = view.kind(candidate.kind());
                                int entity = things.vocabulary().entity(candidate.id());
                                found.add(
                                        new Places(
                                                new StreamId(candidate.kind(), candidate.id())
                                                        .toString(),
                                                things.events(entity, from, to),
                                                things.versions(entity)));
                            }
                            return found;
                        });
        return places.stream().map(this::read).toList();
    }

    private List<StoredEvent> read(Places places) {
        if (places.positions().length * AS_MANY >= places.versions()) {
            return log.stream(places.stream(), 0);
        }
        List<StoredEvent> events = new ArrayList<>(places.positions().length);
        for (int position : places.positions()) {
            events.add(
                    log.event(position)
                            .orElseThrow(() -> new NoSuchElementException("position " + position)));
        }
        return events;
    }
}
