package dev.cadastre.query.changes.model;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.temporal.TemporalIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds change sets in the log, of which nobody keeps a table. Thread-safe. No question makes it
 * read more than a bounded number of events.
 */
public final class Changes {

    /** After so many events a page ends, however many change sets it has found. */
    public static final int EVENTS_OF_A_PAGE = 20_000;

    /** Among so many events nearest to its time a change set is looked for. */
    public static final int EVENTS_OF_A_SEARCH = 100_000;

    private final EventLog log;
    private final LogView view;
    private final TemporalIndex index;
    private final Bodies bodies;
    private final ChangeSetReader reader;
    private final int eventsOfAPage;
    private final int eventsOfASearch;

    public Changes(EventLog log, LogView view, TemporalIndex index, Bodies bodies) {
        this(log, view, index, bodies, EVENTS_OF_A_PAGE, EVENTS_OF_A_SEARCH);
    }

    Changes(
            EventLog log,
            LogView view,
            TemporalIndex index,
            Bodies bodies,
            int eventsOfAPage,
            int eventsOfASearch) {
        this.log = log;
        this.view = view;
        this.index = index;
        this.bodies = bodies;
        this.reader = new ChangeSetReader(log);
        this.eventsOfAPage = eventsOfAPage;
        this.eventsOfASearch = eventsOfASearch;
    }

    /**
     * The change sets nearest to a place, on one side of it. A page may hold fewer than there are,
     * even none, where only few of those looked at are meant.
     *
     * @param place going forward, the end of a change set (-1 for none); going backward any
     *     position, whose change set is left out, or the one after the bound
     * @param bound the last position that is looked at: the end of a change set
     */
    public ChangePage page(
            ChangeSelection selection, Direction direction, long place, long bound, int limit) {
        ChangeSource source =
                selection.streams().isEmpty()
                        ? new LogScan(log, direction, place, bound)
                        : new StreamScan(log, selection, direction, place, bound);
        List<RecordedChange> found = new ArrayList<>();
        long reached = place;
        for (int looked = 0; found.size() < limit && looked < eventsOfAPage; ) {
            List<StoredEvent> changeSet = source.next();
            if (changeSet == null) {
                return new ChangePage(found, null);
            }
            looked += changeSet.size();
            reached =
                    direction == Direction.FORWARD
                            ? changeSet.getLast().position()
                            : changeSet.getFirst().position();
            if (selection.admits(changeSet)) {
                found.add(RecordedChange.of(changeSet));
            }
        }
        boolean ended = direction == Direction.FORWARD ? reached >= bound : reached <= 0;
        return new ChangePage(found, ended ? null : reached);
    }

    /**
     * The events of the change set that holds a position.
     *
     * @param position within the log
     */
    public List<StoredEvent> at(long position) {
        return reader.around(position);
    }

    /**
     * The events of a change set by its id. Ids of version 7 (RFC 9562 section 5.7) tell when they
     * were made, and what was recorded nearest to that is looked at; of others, what was recorded
     * last.
     */
    public Optional<List<StoredEvent>> find(UUID id) {
        long end = view.horizon().position();
        long near =
                id.version() == 7
                        ? view.lastPositionRecordedBy((id.getMostSignificantBits() >>> 16) * 1_000)
                        : end;
        // Most were recorded soon after their id was made.
        Optional<List<StoredEvent>> after =
                search(id, new LogScan(log, Direction.FORWARD, near, end));
        return after.isPresent()
                ? after
                : search(id, new LogScan(log, Direction.BACKWARD, near + 1, end));
    }

    /**
     * What a change set did.
     *
     * @param changeSet all of its events, which the index holds
     */
    public ChangeEffects effects(List<StoredEvent> changeSet) {
        return ChangeEffects.of(index, bodies, log, changeSet);
    }

    private Optional<List<StoredEvent>> search(UUID id, LogScan scan) {
        for (int looked = 0; looked < eventsOfASearch / 2; ) {
            List<StoredEvent> changeSet = scan.next();
            if (changeSet == null) {
                break;
            }
            looked += changeSet.size();
            if (changeSet.getFirst().envelope().changeSet().equals(id)) {
                return Optional.of(changeSet);
            }
        }
        return Optional.empty();
    }
}
