package dev.cadastre.command.cis.model;

import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Difference;
import dev.cadastre.command.shared.EntityState;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.Span;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The rules that a decision about one CI must keep, within its timeline and with its neighbours.
 */
record CiRules(StreamId ci, Decision<CiState> decision, Neighbours neighbours) {

    /** Types of facts that can take a CI away from under a relation. */
    private static final List<String> ENDS_A_CI = List.of("ci.removed", "ci.fact-retracted");

    private static final List<String> ENDS_AN_ASSET = List.of("asset.fact-retracted");

    /** Some of those that still point here are named, not all. */
    private static final int NAMED = 10;

    /**
     * Checks all rules.
     *
     * @return what the decision makes the CI point at
     */
    List<StreamId> check() {
        decision.judge(this::judge);
        if (!concernsNeighbours()) {
            return List.of();
        }
        Set<StreamId> pointedAt = new LinkedHashSet<>();
        for (Difference<CiState> difference : decision.differences()) {
            checkTargets(difference, pointedAt);
            if (difference.before().present() && !difference.after().present()) {
                checkNobodyPointsHere(difference.from(), difference.to());
            }
        }
        return List.copyOf(pointedAt);
    }

    private boolean concernsNeighbours() {
        for (Fact fact : decision.added()) {
            boolean concerned =
                    switch ((CiEvent) fact.event()) {
                        case CiRenamed _, CiLifecycleChanged _ -> false;
                        case CiChanged changed ->
                                !changed.relationsAdded().isEmpty()
                                        || !changed.relationsRemoved().isEmpty();
                        default -> true;
                    };
            if (concerned) {
                return true;
            }
        }
        return false;
    }

    private void judge(CiState before, Fact fact) {
        switch ((CiEvent) fact.event()) {
            case CiRegistered _ -> {
                if (before.present()) {
                    Fact.Name since = Objects.requireNonNull(before.since());
                    throw new Rejection.FactsClash(
                            ci,
                            name()
                                    + " is registered since "
                                    + Microseconds.toInstant(since.effectiveAt())
                                    + ". Change it, or remove it first.",
                            List.of(since, fact.name()));
                }
            }
            case CiLifecycleChanged moved -> {
                present(before, fact);
                judgeMove(before, moved, fact);
            }
            default -> present(before, fact);
        }
    }

    private void present(CiState before, Fact fact) {
        if (!before.present()) {
            throw new Rejection.NotRegistered(
                    ci,
                    absence(ci, fact.effectiveAt(), before),
                    before.since() == null
                            ? List.of(fact.name())
                            : List.of(before.since(), fact.name()));
        }
    }

    /** Says that a CI is not there. */
    static String absence(StreamId ci, long at, CiState state) {
        return "CI "
                + ci.id()
                + " is not registered at "
                + Microseconds.toInstant(at)
                + (state.since() == null
                        ? ""
                        : ": it was removed at "
                                + Microseconds.toInstant(state.since().effectiveAt()))
                + ". Register it first.";
    }

    private void judgeMove(CiState before, CiLifecycleChanged moved, Fact fact) {
        Lifecycle from = before.lifecycle();
        if (from == null || CiLifecycle.allows(from, moved.stage())) {
            return;
        }
        List<String> allowed = CiLifecycle.nextStages(from.stage());
        Fact.Name since = before.lifecycleSince();
        throw new Rejection.IllegalTransition(
                ci,
                from.stage(),
                moved.stage(),
                allowed,
                since == null ? List.of(fact.name()) : List.of(since, fact.name()),
                name()
                        + " cannot go from "
                        + from.stage()
                        + " to "
                        + moved.stage()
                        + (allowed.isEmpty()
                                ? "; from there it goes nowhere."
                                : ", but to " + String.join(", ", allowed) + "."));
    }

    private void checkTargets(Difference<CiState> difference, Set<StreamId> pointedAt) {
        CiState before = difference.before();
        CiState after = difference.after();
        for (Relation relation : after.relations()) {
            if (!before.relations().contains(relation)) {
                StreamId target = StreamId.ci(relation.to());
                pointedAt.add(target);
                if (!target.equals(ci)) {
                    checkPresent(target, ENDS_A_CI, difference);
                }
                new CycleSearch(ci, relation.type(), neighbours)
                        .refuseCycle(relation.to(), difference.from(), difference.to());
            }
        }
        if (after.asset() != null && !after.asset().equals(before.asset())) {
            StreamId asset = StreamId.asset(after.asset());
            pointedAt.add(asset);
            checkPresent(asset, ENDS_AN_ASSET, difference);
        }
    }

    private void checkPresent(StreamId target, List<String> ends, Difference<CiState> difference) {
        for (Span<? extends EntityState> span :
                neighbours.timeline(target).spans(difference.from(), difference.to())) {
            if (!span.state().present()) {
                throw new Rejection.TargetAbsent(
                        target,
                        null,
                        span.from(),
                        span.to(),
                        name()
                                + " cannot point at "
                                + target
                                + ", which is not in the register "
                                + during(span.from(), span.to())
                                + ". Register it for that time first.");
            }
        }
        neighbours.rely(target, ends);
    }

    private void checkNobodyPointsHere(long from, long to) {
        List<StreamId> pointing = new ArrayList<>();
        for (StreamId other : neighbours.referencing(ci)) {
            if (!other.equals(ci)
                    && neighbours.timeline(other).spans(from, to).stream()
                            .anyMatch(span -> span.state().pointsAt(ci))) {
                pointing.add(other);
                if (pointing.size() == NAMED) {
                    break;
                }
            }
        }
        if (!pointing.isEmpty()) {
            throw new Rejection.StillReferenced(
                    ci,
                    pointing,
                    name()
                            + " cannot be absent "
                            + during(from, to)
                            + ": others point at it then. Take their relations away first.");
        }
    }

    private static String during(long from, long to) {
        return "from "
                + Microseconds.toInstant(from)
                + (to == Timeline.FOR_EVER ? " on" : " to " + Microseconds.toInstant(to));
    }

    private String name() {
        return "CI " + ci.id();
    }
}
