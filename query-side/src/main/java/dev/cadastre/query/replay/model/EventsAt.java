package dev.cadastre.query.replay.model;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads events by their positions: neighbours together, for most facts come true in about the order
 * in which they were recorded, and others one by one. For one thread.
 */
final class EventsAt {

    /** Positions that lie no further apart are read together. */
    private static final long NEAR = 32;

    /** So few are read one by one: a commit may hold a thousand others. */
    private static final int FEW = 16;

    private final EventLog log;

    /** Where one reading ends, the next one mostly begins. */
    private @Nullable Commit last;

    EventsAt(EventLog log) {
        this.log = log;
    }

    /**
     * The events by position.
     *
     * @param positions ascending
     */
    Map<Long, StoredEvent> read(long[] positions) {
        Map<Long, StoredEvent> events = HashMap.newHashMap(positions.length);
        int begin = 0;
        while (begin < positions.length) {
            int end = begin + 1;
            while (end < positions.length && positions[end] - positions[end - 1] <= NEAR) {
                end++;
            }
            if (end - begin <= FEW) {
                for (int i = begin; i < end; i++) {
                    events.put(positions[i], one(positions[i]));
                }
            } else {
                run(positions[begin], positions[end - 1], events);
            }
            begin = end;
        }
        return events;
    }

    private StoredEvent one(long position) {
        Commit commit = last;
        return commit != null && commit.position() <= position && position <= commit.lastPosition()
                ? commit.events().get((int) (position - commit.position()))
                : log.event(position)
                        .orElseThrow(() -> new NoSuchElementException("position " + position));
    }

    private void run(long from, long to, Map<Long, StoredEvent> events) {
        long next = from;
        Commit commit = last;
        if (commit != null && commit.position() <= from && from <= commit.lastPosition()) {
            next = take(commit, from, to, events);
        }
        while (next <= to) {
            List<Commit> commits = log.commits(next, (int) (to - next + 1));
            for (Commit read : commits) {
                next = take(read, next, to, events);
            }
            last = commits.getLast();
        }
    }

    private static long take(Commit commit, long from, long to, Map<Long, StoredEvent> events) {
        for (StoredEvent event : commit.events()) {
            if (event.position() >= from && event.position() <= to) {
                events.put(event.position(), event);
            }
        }
        return commit.lastPosition() + 1;
    }
}
