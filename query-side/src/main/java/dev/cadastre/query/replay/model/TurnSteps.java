package dev.cadastre.query.replay.model;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.temporal.Coordinates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes steps of facts that come true: those of one instant and one change set together. Facts that
 * are taken back, and what takes them back, do not count.
 */
final class TurnSteps {

    private record Due(Turn turn, ReadEvent event) {
        UUID changeSet() {
            return event.stored().envelope().changeSet();
        }

        boolean belongsTo(Due other) {
            return turn.instant() == other.turn.instant() && changeSet().equals(other.changeSet());
        }
    }

    private final EventLog log;
    private final EventsAt events;
    private final Turns turns;
    private final int window;

    /** The last step of a window, as far as it has been read: more of it may follow. */
    private List<Due> open = new ArrayList<>();

    /**
     * @param window about how many events are read at once
     */
    TurnSteps(EventLog log, Turns turns, int window) {
        this.log = log;
        this.events = new EventsAt(log);
        this.turns = turns;
        this.window = window;
    }

    /** Whether a fact comes true at or before an instant. */
    boolean hasNext(long bound) {
        if (!open.isEmpty()) {
            return open.getFirst().turn().instant() <= bound;
        }
        Turn turn = turns.peek();
        return turn != null && turn.instant() <= bound;
    }

    /**
     * The next steps up to an instant; may be none although more follow, where no fact counts.
     *
     * @param position what is known meanwhile
     */
    List<PendingStep> next(long bound, int position) {
        List<Due> due = open;
        do {
            take(bound, due);
        } while (isOneStep(due) && instantGoesOn(due));
        List<List<Due>> groups = groups(due);
        open = instantGoesOn(due) ? groups.removeLast() : new ArrayList<>();
        List<PendingStep> steps = new ArrayList<>(groups.size());
        Map<String, StreamFacts> streams = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Due> group = groups.get(i);
            List<Due> following = i + 1 < groups.size() ? groups.get(i + 1) : open;
            boolean partial = !following.isEmpty() && instant(following) == instant(group);
            List<Touch> touches = touches(group, position, streams);
            if (!touches.isEmpty()) {
                long within = partial ? group.getLast().turn().position() : Place.ALL;
                steps.add(
                        new PendingStep(
                                new Place(instant(group), position, within),
                                partial,
                                isAheadOfTime(group),
                                touches));
            }
        }
        return steps;
    }

    private void take(long bound, List<Due> due) {
        List<Turn> wanted = new ArrayList<>(window);
        for (Turn turn = turns.peek();
                turn != null && turn.instant() <= bound && wanted.size() < window;
                turn = turns.peek()) {
            wanted.add(turns.next());
        }
        Map<Long, StoredEvent> read =
                events.read(wanted.stream().mapToLong(Turn::position).sorted().toArray());
        wanted.forEach(turn -> due.add(new Due(turn, ReadEvent.of(read.get(turn.position())))));
    }

    private static boolean isOneStep(List<Due> due) {
        return due.getFirst().belongsTo(due.getLast());
    }

    /** Whether further turns lie at the instant of the last one. */
    private boolean instantGoesOn(List<Due> due) {
        Turn next = turns.peek();
        return next != null && next.instant() == due.getLast().turn().instant();
    }

    private static List<List<Due>> groups(List<Due> due) {
        List<List<Due>> groups = new ArrayList<>();
        for (Due one : due) {
            if (groups.isEmpty() || !groups.getLast().getLast().belongsTo(one)) {
                groups.add(new ArrayList<>(2));
            }
            groups.getLast().add(one);
        }
        return groups;
    }

    private static long instant(List<Due> group) {
        return group.getFirst().turn().instant();
    }

    /** Whether the facts had been recorded before their instant came; they are of one commit. */
    private static boolean isAheadOfTime(List<Due> group) {
        return group.getFirst().event().stored().envelope().recordedAt() < instant(group);
    }

    private List<Touch> touches(List<Due> group, int position, Map<String, StreamFacts> streams) {
        Map<String, Touch> touches = new LinkedHashMap<>();
        for (Due one : group) {
            if (counts(one, position, streams)) {
                touches.computeIfAbsent(
                                one.event().stream(),
                                stream ->
                                        new Touch(
                                                one.turn().kind(),
                                                stream,
                                                new Coordinates(one.turn().instant() - 1, position),
                                                null,
                                                one.turn().first() ? -1 : one.turn().position()))
                        .events
                        .add(one.event());
            }
        }
        return List.copyOf(touches.values());
    }

    private boolean counts(Due due, int position, Map<String, StreamFacts> streams) {
        if (due.turn().alone()) {
            return !due.event().isRetraction();
        }
        StreamFacts facts =
                streams.computeIfAbsent(
                        due.event().stream(), stream -> StreamFacts.of(log.stream(stream, 0)));
        return facts.recorded()
                .get((int) due.event().stored().envelope().sequenceNumber())
                .countsAt(position);
    }
}
