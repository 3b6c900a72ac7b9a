package dev.cadastre.query.replay.model;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.facts.ChangeSets;
import dev.cadastre.query.temporal.Coordinates;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps along recorded time: each change set as it was recorded and, where the valid instant
 * moves along, what was recorded before it was true as soon as it is.
 */
final class RecordedSteps implements Steps {

    private final EventLog log;
    private final StateScope scope;
    private final ReplayRange range;
    private final TurnSteps scheduled;
    private final int window;
    private final Deque<Commit> commits = new ArrayDeque<>();

    /** The position after those read. */
    private long next;

    /** The last position told of. */
    private int known;

    /**
     * @param window about how many events are read at once
     */
    RecordedSteps(
            EventLog log,
            StateScope scope,
            ReplayRange range,
            TurnSteps scheduled,
            Place begin,
            int window) {
        this.log = log;
        this.scope = scope;
        this.range = range;
        this.scheduled = scheduled;
        this.window = window;
        this.next = begin.position() + 1;
        this.known = Math.toIntExact(begin.position());
    }

    @Override
    public @Nullable List<PendingStep> next() {
        if (commits.isEmpty() && next <= range.to().knownAt()) {
            commits.addAll(log.commits(next, window));
            next = commits.getLast().lastPosition() + 1;
        }
        long bound = commits.isEmpty() ? range.to().asOf() : commits.getFirst().recordedAt();
        if (scheduled.hasNext(bound)) {
            return scheduled.next(bound, known);
        }
        if (commits.isEmpty()) {
            return null;
        }
        List<PendingStep> steps = new ArrayList<>();
        do {
            add(commits.remove(), steps);
        } while (!commits.isEmpty() && !scheduled.hasNext(commits.getFirst().recordedAt()));
        return steps;
    }

    private void add(Commit commit, List<PendingStep> steps) {
        for (List<StoredEvent> changeSet : ChangeSets.of(commit.events())) {
            long last = changeSet.getLast().position();
            if (last > known && last <= range.to().knownAt()) {
                add(changeSet, steps);
                known = (int) last;
            }
        }
    }

    private void add(List<StoredEvent> changeSet, List<PendingStep> steps) {
        StoredEvent first = changeSet.getFirst();
        int last = (int) changeSet.getLast().position();
        long asOf = range.asOfMoves() ? first.envelope().recordedAt() : range.to().asOf();
        Map<String, Touch> touches = new LinkedHashMap<>();
        for (StoredEvent event : changeSet) {
            String stream = event.envelope().stream();
            RegisterKind kind = RegisterKind.ofStream(stream);
            if (kind != null && scope.mayHold(kind)) {
                touches.computeIfAbsent(
                                stream,
                                _ ->
                                        new Touch(
                                                kind,
                                                stream,
                                                new Coordinates(asOf, (int) first.position() - 1),
                                                new Coordinates(asOf, last),
                                                -1))
                        .events
                        .add(ReadEvent.of(event));
            }
        }
        if (!touches.isEmpty()) {
            steps.add(
                    new PendingStep(
                            new Place(asOf, last, Place.ALL),
                            false,
                            false,
                            List.copyOf(touches.values())));
        }
    }
}
