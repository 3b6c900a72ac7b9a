package dev.cadastre.query.changes.model;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The change sets on one side of a place that hold events of some streams. */
final class StreamScan implements ChangeSource {

    private final ChangeSetReader reader;
    private final ChangeSelection selection;
    private final Direction direction;
    private final long place;
    private final Iterator<StoredEvent> candidates;
    private @Nullable UUID last;

    /** As of {@link LogScan}; what the selection says of all events of a change set is obeyed. */
    StreamScan(
            EventLog log, ChangeSelection selection, Direction direction, long place, long bound) {
        this.reader = new ChangeSetReader(log);
        this.selection = selection;
        this.direction = direction;
        this.place = place;
        List<StoredEvent> events = new ArrayList<>();
        for (String stream : selection.streams()) {
            for (StoredEvent event : log.stream(stream, 0)) {
                if (event.position() <= bound && isOnSide(event)) {
                    events.add(event);
                }
            }
        }
        Comparator<StoredEvent> order = Comparator.comparingLong(StoredEvent::position);
        events.sort(direction == Direction.FORWARD ? order : order.reversed());
        this.candidates = events.iterator();
    }

    @Override
    public @Nullable List<StoredEvent> next() {
        while (candidates.hasNext()) {
            StoredEvent candidate = candidates.next();
            UUID id = candidate.envelope().changeSet();
            if (!id.equals(last) && selection.admitsOrigin(candidate)) {
                last = id;
                List<StoredEvent> changeSet = reader.around(candidate.position());
                if (isOnSide(changeSet.getLast())) {
                    return changeSet;
                }
            }
        }
        return null;
    }

    private boolean isOnSide(StoredEvent event) {
        return direction == Direction.FORWARD ? event.position() > place : event.position() < place;
    }
}
