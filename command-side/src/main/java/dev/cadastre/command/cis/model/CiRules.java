package dev.cadastre.command.cis.model;

import dev.cadastre.command.shared.AbsentTarget;
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
import dev.cadastre.events.ci.CiEvent.CiRestored;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        List<Difference<CiState>> differences = decision.differences();
        Set<StreamId> pointedAt = new LinkedHashSet<>();
        List<AbsentTarget> absent = new ArrayList<>();
        for (Difference<CiState> difference : differences) {
            checkTargets(difference, pointedAt, absent);
        }
        if (!absent.isEmpty()) {
            throw new Rejection.TargetAbsent(absent, null, needed(absent));
        }
        for (Difference<CiState> difference : differences) {
            checkCycles(difference);
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
            case CiRestored _ -> {
                // Whatever the CI is by then, even gone, it is again what it was.
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

    private void checkTargets(
            Difference<CiState> difference, Set<StreamId> pointedAt, List<AbsentTarget> absent) {
        for (Relation relation : relationsGained(difference)) {
            StreamId target = StreamId.ci(relation.to());
            pointedAt.add(target);
            if (!target.equals(ci)) {
                checkPresent(relation.type(), target, ENDS_A_CI, difference, absent);
            }
        }
        String asset = difference.after().asset();
        if (asset != null && !asset.equals(difference.before().asset())) {
            pointedAt.add(StreamId.asset(asset));
            checkPresent(null, StreamId.asset(asset), ENDS_AN_ASSET, difference, absent);
        }
    }

    private void checkCycles(Difference<CiState> difference) {
        for (Relation relation : relationsGained(difference)) {
            new CycleSearch(ci, relation.type(), neighbours)
                    .refuseCycle(relation.to(), difference.from(), difference.to());
        }
    }

    private static List<Relation> relationsGained(Difference<CiState> difference) {
        Set<Relation> before = difference.before().relations();
        return difference.after().relations().stream()
                .filter(relation -> !before.contains(relation))
                .sorted()
                .toList();
    }

    private void checkPresent(
            @Nullable String relation,
            StreamId target,
            List<String> ends,
            Difference<CiState> difference,
            List<AbsentTarget> absent) {
        for (Span<? extends EntityState> span :
                neighbours.timeline(target).spans(difference.from(), difference.to())) {
            if (!span.state().present()) {
                absent.add(new AbsentTarget(relation, target, span.from(), span.to()));
            }
        }
        neighbours.rely(target, ends);
    }

    private String needed(List<AbsentTarget> absent) {
        AbsentTarget first = absent.getFirst();
        return name()
                + " cannot point at "
                + first.target()
                + ", which is not in the register "
                + during(first.from(), first.to())
                + (absent.size() == 1
                        ? ". Register it for that time first."
                        : ", nor at all others that \"absent\" lists. Register them for those"
                                + " times first.");
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
