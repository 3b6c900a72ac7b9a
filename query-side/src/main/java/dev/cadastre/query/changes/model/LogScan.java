package dev.cadastre.query.changes.model;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.facts.ChangeSets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All change sets on one side of a place, read in windows: small ones at first, for most readers
 * want few, and larger ones for those who go on.
 */
final class LogScan implements ChangeSource {

    private static final int FIRST_WINDOW = 128;
    private static final int LARGEST_WINDOW = 4_096;

    private final EventLog log;
    private final Direction direction;
    private final long place;
    private final long bound;
    private final Deque<List<StoredEvent>> read = new ArrayDeque<>();

    /** The next position to read, or going backwards the one after it. */
    private long edge;

    private int window = FIRST_WINDOW;

    /**
     * @param place what lies before it, or after it, is told; going forward the end of a change set
     * @param bound the last position that is looked at: the end of a change set
     */
    LogScan(EventLog log, Direction direction, long place, long bound) {
        this.log = log;
        this.direction = direction;
        this.place = place;
        this.bound = bound;
        this.edge = direction == Direction.FORWARD ? place + 1 : Math.min(place, bound + 1);
    }

    @Override
    public @Nullable List<StoredEvent> next() {
        while (read.isEmpty() && hasUnread()) {
            if (direction == Direction.FORWARD) {
                readForward();
            } else {
                readBackward();
            }
            window = Math.min(2 * window, LARGEST_WINDOW);
        }
        return read.poll();
    }

    private boolean hasUnread() {
        return direction == Direction.FORWARD ? edge <= bound : edge > 0;
    }

    private void readForward() {
        List<Commit> commits = log.commits(edge, window);
        for (Commit commit : commits) {
            for (List<StoredEvent> changeSet : ChangeSets.of(commit.events())) {
                if (changeSet.getFirst().position() > place
                        && changeSet.getLast().position() <= bound) {
                    read.add(changeSet);
                }
            }
        }
        edge = commits.getLast().lastPosition() + 1;
    }

    private void readBackward() {
        long begin = Math.max(0, edge - window);
        List<Commit> commits = new ArrayList<>();
        for (long next = begin; next < edge; next = commits.getLast().lastPosition() + 1) {
            commits.addAll(log.commits(next, Math.toIntExact(edge - next)));
        }
        // The log gives about as many events as asked for: some may lie behind the edge.
        for (Commit commit : commits.reversed()) {
            for (List<StoredEvent> changeSet : ChangeSets.of(commit.events()).reversed()) {
                long last = changeSet.getLast().position();
                if (last < place && last < edge && last <= bound) {
                    read.add(changeSet);
                }
            }
        }
        edge = commits.getFirst().position();
    }
}
