package dev.cadastre.command.cis.model;

import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.RelationTypeDefinition;
import dev.cadastre.command.shared.Span;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.Relation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a way along relations of one type from a new target back to the CI that points at it,
 * at some instant at which all of them hold.
 */
record CycleSearch(StreamId ci, String type, Neighbours neighbours) {

    private static final List<String> ADDS_RELATIONS =
            List.of("ci.registered", "ci.changed", "ci.restored", "ci.fact-retracted");

    /** A CI reached at valid times {@code [from, to)}, and how. */
    private record Step(String id, long from, long to, @Nullable Step before) {}

    private record Visit(String id, long from, long to) {}

    void refuseCycle(String target, long from, long to) {
        if (!neighbours.timeline(RelationTypeDefinition.FOLD, type).last().acyclic()) {
            return;
        }
        Deque<Step> open = new ArrayDeque<>();
        Set<Visit> seen = new HashSet<>();
        open.add(new Step(target, from, to, null));
        while (!open.isEmpty()) {
            Step step = open.poll();
            if (step.id().equals(ci.id())) {
                throw cycle(step);
            }
            if (!seen.add(new Visit(step.id(), step.from(), step.to()))) {
                continue;
            }
            StreamId here = StreamId.ci(step.id());
            for (Span<CiState> span :
                    neighbours.timeline(CiFold.INSTANCE, step.id()).spans(step.from(), step.to())) {
                for (Relation relation : span.state().relations()) {
                    if (relation.type().equals(type)) {
                        open.add(new Step(relation.to(), span.from(), span.to(), step));
                    }
                }
            }
            neighbours.rely(here, ADDS_RELATIONS);
        }
    }

    private Rejection cycle(Step last) {
        List<StreamId> path = new ArrayList<>();
        for (Step step = last; step != null; step = step.before()) {
            path.addFirst(StreamId.ci(step.id()));
        }
        path.addFirst(ci);
        return new Rejection.Cycle(
                path,
                "Relations of type \""
                        + type
                        + "\" may not form a cycle, and this one would: "
                        + String.join(" -> ", path.stream().map(StreamId::id).toList())
                        + ".");
    }
}
