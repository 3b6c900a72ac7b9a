package dev.cadastre.standalone.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects facts in any order and lays them out in the order in which the company learnt of them. A
 * fact that is learnt of after it became true is a late one; one that is known before is scheduled.
 */
final class DemoFacts {

    private static final int MOST_IN_ONE_CHANGE = 400;

    private final List<Fact> facts = new ArrayList<>();

    /** A fact that was added; a correction may take it back. */
    static final class Fact {
        private final Instant learntAt;
        private final Instant effectiveAt;
        private final String reason;
        private final String entity;
        private final int events;
        private final DemoCommand command;
        private final @Nullable Fact retracted;
        private long sequenceNumber;

        private Fact(
                Instant learntAt,
                Instant effectiveAt,
                String reason,
                String entity,
                int events,
                DemoCommand command,
                @Nullable Fact retracted) {
            this.learntAt = learntAt;
            this.effectiveAt = effectiveAt;
            this.reason = reason;
            this.entity = entity;
            this.events = events;
            this.command = command;
            this.retracted = retracted;
        }

        Instant effectiveAt() {
            return effectiveAt;
        }
    }

    /** Adds a fact that was known when it became true. */
    Fact add(Instant at, String reason, String entity, DemoCommand command) {
        return add(at, at, reason, entity, command);
    }

    /** Adds a fact that was learnt of at another time than it became true. */
    Fact add(
            Instant learntAt,
            Instant effectiveAt,
            String reason,
            String entity,
            DemoCommand command) {
        Fact fact = new Fact(learntAt, effectiveAt, reason, entity, 1, command, null);
        facts.add(fact);
        return fact;
    }

    /** Adds a correction: the wrong fact is taken back, the right one takes its place. */
    void correct(
            Instant learntAt,
            String reason,
            Fact wrong,
            String corrections,
            Map<String, Object> right) {
        Map<String, Object> record = new TreeMap<>(right);
        record.put("effectiveAt", wrong.effectiveAt.toString());
        DemoCommand command =
                new DemoCommand("POST", corrections, Map.of("record", List.of(record)));
        facts.add(new Fact(learntAt, learntAt, reason, wrong.entity, 2, command, wrong));
    }

    int size() {
        return facts.size();
    }

    /** The change sets in the order in which they are recorded. */
    List<DemoChange> changes() {
        List<Fact> ordered = new ArrayList<>(facts);
        // The sort is stable: what was added first is recorded first.
        ordered.sort(Comparator.comparing(fact -> fact.learntAt));
        number(ordered);
        List<DemoChange> changes = new ArrayList<>();
        int from = 0;
        while (from < ordered.size()) {
            int to = from + 1;
            while (to < ordered.size()
                    && to - from < MOST_IN_ONE_CHANGE
                    && belongTogether(ordered.get(from), ordered.get(to))) {
                to++;
            }
            Fact first = ordered.get(from);
            changes.add(
                    new DemoChange(
                            "demo-" + changes.size(),
                            first.effectiveAt,
                            first.reason,
                            ordered.subList(from, to).stream().map(DemoFacts::command).toList()));
            from = to;
        }
        return changes;
    }

    private static boolean belongTogether(Fact a, Fact b) {
        return a.learntAt.equals(b.learntAt)
                && a.effectiveAt.equals(b.effectiveAt)
                && a.reason.equals(b.reason);
    }

    private static void number(List<Fact> ordered) {
        Map<String, Long> next = new HashMap<>();
        for (Fact fact : ordered) {
            fact.sequenceNumber = next.getOrDefault(fact.entity, 0L);
            next.put(fact.entity, fact.sequenceNumber + fact.events);
        }
    }

    private static DemoCommand command(Fact fact) {
        if (fact.retracted == null) {
            return fact.command;
        }
        Map<String, Object> body = new TreeMap<>(fact.command.body());
        body.put("retract", List.of(fact.retracted.sequenceNumber));
        return new DemoCommand(fact.command.method(), fact.command.path(), body);
    }
}
