package dev.cadastre.query.changes.model;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.facts.ChangeSets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads the change set that an event belongs to. Thread-safe. */
final class ChangeSetReader {

    /** So few are read one by one: a commit may hold a thousand others. */
    private static final int FEW = 16;

    private final EventLog log;

    ChangeSetReader(EventLog log) {
        this.log = log;
    }

    /**
     * Its events in order.
     *
     * @param position of any of them, within the log
     */
    List<StoredEvent> around(long position) {
        StoredEvent event = log.event(position).orElseThrow();
        Deque<StoredEvent> changeSet = new ArrayDeque<>();
        changeSet.add(event);
        for (var other = of(event, position - 1);
                other.isPresent() && changeSet.size() <= FEW;
                other = of(event, changeSet.getFirst().position() - 1)) {
            changeSet.addFirst(other.get());
        }
        for (var other = of(event, position + 1);
                other.isPresent() && changeSet.size() <= FEW;
                other = of(event, changeSet.getLast().position() + 1)) {
            changeSet.addLast(other.get());
        }
        return changeSet.size() <= FEW ? List.copyOf(changeSet) : withinCommit(position);
    }

    private Optional<StoredEvent> of(StoredEvent event, long position) {
        return position < 0
                ? Optional.empty()
                : log.event(position)
                        .filter(
                                other ->
                                        other.envelope()
                                                .changeSet()
                                                .equals(event.envelope().changeSet()));
    }

    private List<StoredEvent> withinCommit(long position) {
        return ChangeSets.of(log.commits(position, 1).getFirst().events()).stream()
                .filter(changeSet -> changeSet.getLast().position() >= position)
                .findFirst()
                .orElseThrow();
    }
}
