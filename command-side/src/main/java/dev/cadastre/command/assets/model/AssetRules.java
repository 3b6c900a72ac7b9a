package dev.cadastre.command.assets.model;

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
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.asset.AssetField;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may be believed of an asset: it is registered once and before everything else, moves as its
 * lifecycle allows, has no value that another asset has at the same time, and points only at people
 * and CIs that there are.
 */
final class AssetRules {

    /** The most entities that one refusal names. */
    private static final int NAMED = 10;

    private final AssetLifecycle lifecycle;
    private final StreamId asset;
    private final Decision<AssetState> decision;
    private final Neighbours neighbours;
    private final UniqueValueRules values;

    AssetRules(
            AssetLifecycle lifecycle,
            StreamId asset,
            Decision<AssetState> decision,
            Neighbours neighbours) {
        this.lifecycle = lifecycle;
        this.asset = asset;
        this.decision = decision;
        this.neighbours = neighbours;
        this.values = new UniqueValueRules(asset, neighbours);
    }

    /**
     * Refuses a decision that breaks a rule, and claims the unique values that change hands.
     *
     * @throws Rejection that names the facts that clash
     */
    void judge() {
        decision.judge(this::judge);
        for (Difference<AssetState> difference : decision.differences()) {
            values.judge(difference);
            judgeTargets(difference);
            if (difference.before().present() && !difference.after().present()) {
                judgeAbsence(difference);
            }
        }
    }

    private void judge(AssetState before, Fact fact) {
        if (fact.event() instanceof AssetRegistered registered) {
            if (before.present()) {
                throw new Rejection.FactsClash(
                        asset,
                        "The asset is registered already. Change it, or retract the fact that"
                                + " registered it.",
                        List.of(registration(fact).name(), fact.name()));
            }
            judgeType(registered.state(), type(registered), fact);
            return;
        }
        if (!before.present()) {
            throw beforeRegistration(fact);
        }
        AssetState after = decision.after().fold().apply(before, fact);
        if (fact.event() instanceof AssetTransitioned
                && !lifecycle.allows(
                        Objects.requireNonNull(before.standing()),
                        Objects.requireNonNull(after.standing()))) {
            throw illegalTransition(before.standing(), after.standing(), fact);
        }
        judgeType(after.standing().state(), after.type(), fact);
    }

    private void judgeType(String state, @Nullable String type, Fact fact) {
        if (lifecycle.allowsType(state, type)) {
            return;
        }
        Fact standing = latest(AssetRules::givesStanding, fact);
        Fact typing = latest(AssetRules::givesType, fact);
        throw new Rejection.FactsClash(
                asset,
                "An asset of type \""
                        + type
                        + "\" is never in the state \""
                        + state
                        + "\". Give it another state or type.",
                Stream.of(standing, typing)
                        .distinct()
                        .sorted(Fact.VALID_TIME_ORDER)
                        .map(Fact::name)
                        .toList());
    }

    private Rejection beforeRegistration(Fact fact) {
        List<Fact> believed = decision.after().believed();
        return believed.stream()
                .filter(other -> other.event() instanceof AssetRegistered)
                .findFirst()
                .<Rejection>map(
                        registered ->
                                new Rejection.FactsClash(
                                        asset,
                                        "At "
                                                + instant(fact)
                                                + " the asset is not yet registered: it is from "
                                                + instant(registered)
                                                + " on. Choose a later effective time, or correct"
                                                + " the registration first.",
                                        List.of(fact.name(), registered.name())))
                .orElseGet(
                        () ->
                                decision.before().nextSequenceNumber() == 0
                                        ? new Rejection.NotRegistered(
                                                asset,
                                                "There is no such asset. Register it first.",
                                                List.of())
                                        : new Rejection.FactsClash(
                                                asset,
                                                "Without a registration the asset can have no other"
                                                        + " facts. Retract them too, or record"
                                                        + " another registration.",
                                                List.of(fact.name())));
    }

    private Rejection illegalTransition(Standing from, Standing to, Fact fact) {
        Fact earlier = standingBefore(fact);
        List<String> following = lifecycle.following(from);
        return new Rejection.IllegalTransition(
                asset,
                from.toString(),
                to.toString(),
                following,
                List.of(earlier.name(), fact.name()),
                "An asset cannot go from \""
                        + from
                        + "\", "
                        + described(earlier)
                        + ", to \""
                        + to
                        + "\", "
                        + described(fact)
                        + ". "
                        + (following.isEmpty()
                                ? "It has left the estate; if that is wrong, retract the fact."
                                : "What may follow: " + String.join(", ", following) + "."));
    }

    private String described(Fact fact) {
        boolean isNew = fact.sequenceNumber() >= decision.before().nextSequenceNumber();
        return (isNew ? "the new fact of " : "fact " + fact.sequenceNumber() + " of ")
                + instant(fact);
    }

    /** The fact that gave the asset the standing it has when this one becomes true. */
    private Fact standingBefore(Fact fact) {
        return latest(other -> !other.equals(fact) && givesStanding(other), fact);
    }

    /** The last fact of some kind up to this one; this one if there is none. */
    private Fact latest(Predicate<Fact> kind, Fact upTo) {
        return decision.after().believed().stream()
                .filter(other -> Fact.VALID_TIME_ORDER.compare(other, upTo) <= 0)
                .filter(kind)
                .reduce((_, later) -> later)
                .orElse(upTo);
    }

    private static boolean givesStanding(Fact fact) {
        return fact.event() instanceof AssetRegistered || fact.event() instanceof AssetTransitioned;
    }

    private static boolean givesType(Fact fact) {
        return switch (fact.event()) {
            case AssetRegistered registered -> registered.fields().containsKey(AssetField.TYPE);
            case AssetDescribed described -> described.set().containsKey(AssetField.TYPE);
            default -> false;
        };
    }

    private Fact registration(Fact otherThan) {
        return decision.after().believed().stream()
                .filter(fact -> fact.event() instanceof AssetRegistered && !fact.equals(otherThan))
                .findFirst()
                .orElse(otherThan);
    }

    private void judgeTargets(Difference<AssetState> difference) {
        String custodian = gained(difference, AssetField.CUSTODIAN);
        if (custodian != null) {
            judgeTarget(
                    StreamId.person(custodian),
                    AssetField.CUSTODIAN,
                    List.of(),
                    difference,
                    "No person is registered under this id. Register the person first: POST"
                            + " /api/v1/people.");
        }
        String ci = gained(difference, AssetField.CI);
        if (ci != null) {
            judgeTarget(
                    StreamId.ci(ci),
                    AssetField.CI,
                    List.of("ci.removed", "ci.fact-retracted"),
                    difference,
                    "There is no CI of this id, or not all the time. Register the CI first.");
        }
    }

    private void judgeTarget(
            StreamId target,
            String field,
            List<String> endedBy,
            Difference<AssetState> difference,
            String refusal) {
        for (Span<? extends EntityState> span :
                neighbours.timeline(target).spans(difference.from(), difference.to())) {
            if (!span.state().present()) {
                throw new Rejection.TargetAbsent(
                        List.of(new AbsentTarget(null, target, span.from(), span.to())),
                        "/" + field,
                        refusal);
            }
        }
        neighbours.rely(target, endedBy);
    }

    private void judgeAbsence(Difference<AssetState> difference) {
        List<StreamId> pointing =
                neighbours.referencing(asset).stream()
                        .filter(other -> pointsHere(other, difference))
                        .limit(NAMED)
                        .toList();
        if (!pointing.isEmpty()) {
            throw new Rejection.StillReferenced(
                    asset,
                    pointing,
                    "The asset cannot be absent "
                            + during(difference.from(), difference.to())
                            + ": CIs are linked to it then. Take the links away first.");
        }
    }

    private boolean pointsHere(StreamId other, Difference<AssetState> difference) {
        return neighbours.timeline(other).spans(difference.from(), difference.to()).stream()
                .anyMatch(span -> span.state().pointsAt(asset));
    }

    private static @Nullable String gained(Difference<AssetState> difference, String field) {
        String value = difference.after().text(field);
        return value == null || value.equals(difference.before().text(field)) ? null : value;
    }

    private static @Nullable String type(AssetRegistered registered) {
        return (String) registered.fields().get(AssetField.TYPE);
    }

    static String during(long from, long to) {
        return "from "
                + Microseconds.toInstant(from)
                + (to == Timeline.FOR_EVER ? " on" : " to " + Microseconds.toInstant(to));
    }

    private static String instant(Fact fact) {
        return Microseconds.toInstant(fact.effectiveAt()).toString();
    }
}
