package dev.cadastre.command.assets.model;

import dev.cadastre.command.assets.model.AssetCommand.AssignAsset;
import dev.cadastre.command.assets.model.AssetCommand.Change;
import dev.cadastre.command.assets.model.AssetCommand.CorrectAsset;
import dev.cadastre.command.assets.model.AssetCommand.DatedChange;
import dev.cadastre.command.assets.model.AssetCommand.DescribeAsset;
import dev.cadastre.command.assets.model.AssetCommand.RegisterAsset;
import dev.cadastre.command.assets.model.AssetCommand.TransitionAsset;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.command.shared.TimelineAggregate.Recording;
import dev.cadastre.events.asset.AssetEvent;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events a command asks for, given what is believed. Whether they may be is for the rules.
 */
final class AssetDecisions {

    private final AssetLifecycle lifecycle;
    private final long now;

    /**
     * @param now the earliest time at which the decision can be recorded
     */
    AssetDecisions(AssetLifecycle lifecycle, long now) {
        this.lifecycle = lifecycle;
        this.now = now;
    }

    /** The event of a change; none if it changes nothing. */
    List<Recording> decide(
            Timeline<AssetState> timeline, Change change, @Nullable Long effectiveAt) {
        return decide(timeline.at(effectiveAt == null ? now : effectiveAt), change)
                .map(event -> List.of(new Recording(event, effectiveAt)))
                .orElse(List.of());
    }

    /** The retractions, then the facts in their place. */
    List<Recording> decide(
            Timeline<AssetState> timeline, CorrectAsset command, @Nullable Long effectiveAt) {
        if (timeline.nextSequenceNumber() == 0) {
            throw new Rejection.NotRegistered(
                    command.target(), "There is no such asset.", List.of());
        }
        if (command.retract().isEmpty() && command.record().isEmpty()) {
            throw new Rejection.NotAllowed(
                    "", "Name sequence numbers to retract, or facts to record.");
        }
        List<Recording> recordings = new ArrayList<>();
        Timeline<AssetState> corrected = timeline;
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < command.retract().size(); i++) {
            long retracted = command.retract().get(i);
            if (!seen.add(retracted) || timeline.believed(retracted).isEmpty()) {
                throw new Rejection.NotAllowed(
                        "/retract/" + i,
                        "Fact "
                                + retracted
                                + " cannot be retracted: there is none, or it is retracted already,"
                                + " or it is itself a retraction.");
            }
            AssetFactRetracted event = new AssetFactRetracted(retracted);
            recordings.add(new Recording(event, null));
            corrected = corrected.append(event, now);
        }
        for (int i = 0; i < command.record().size(); i++) {
            DatedChange dated = command.record().get(i);
            Long at = dated.effectiveAt() == null ? effectiveAt : dated.effectiveAt();
            for (Recording recording : decide("/record/" + i, corrected, dated.change(), at)) {
                recordings.add(recording);
                corrected = corrected.append(recording.event(), at == null ? now : at);
            }
        }
        return recordings;
    }

    private List<Recording> decide(
            String pointer,
            Timeline<AssetState> timeline,
            Change change,
            @Nullable Long effectiveAt) {
        try {
            return decide(timeline, change, effectiveAt);
        } catch (Rejection.NotAllowed inside) {
            throw new Rejection.NotAllowed(pointer + inside.pointer(), inside.getMessage());
        }
    }

    private Optional<AssetEvent> decide(AssetState state, Change change) {
        return switch (change) {
            case RegisterAsset register -> Optional.of(registered(register));
            case DescribeAsset describe ->
                    described(state, Description.describing(state, describe.patch()));
            case AssignAsset assign ->
                    assigned(state, Description.assigning(state, assign.patch()));
            case TransitionAsset transition -> transitioned(state, transition);
        };
    }

    private AssetRegistered registered(RegisterAsset register) {
        if (register.state() == null && register.substate() != null) {
            throw new Rejection.NotAllowed("/substate", "A substate needs its state.");
        }
        Standing standing =
                register.state() == null
                        ? AssetLifecycle.FIRST
                        : standing(register.state(), register.substate());
        Description description = Description.registering(register.fields());
        return new AssetRegistered(
                standing.state(),
                standing.substate(),
                description.set(),
                description.attributesSet());
    }

    // Of an asset that is not registered nothing is a change, yet it must be refused by the rules:
    // hence an event.

    private static Optional<AssetEvent> described(AssetState state, Description description) {
        return state.present() && description.changesNothing()
                ? Optional.empty()
                : Optional.of(
                        new AssetDescribed(
                                description.set(),
                                description.unset(),
                                description.attributesSet(),
                                description.attributesUnset()));
    }

    private static Optional<AssetEvent> assigned(AssetState state, Description description) {
        return state.present() && description.changesNothing()
                ? Optional.empty()
                : Optional.of(new AssetAssigned(description.set(), description.unset()));
    }

    private Optional<AssetEvent> transitioned(AssetState state, TransitionAsset transition) {
        Standing standing = standing(transition.state(), transition.substate());
        return standing.equals(state.standing())
                ? Optional.empty()
                : Optional.of(new AssetTransitioned(standing.state(), standing.substate()));
    }

    private Standing standing(String name, @Nullable String substate) {
        LifecycleState state =
                lifecycle
                        .state(name)
                        .orElseThrow(
                                () ->
                                        new Rejection.NotAllowed(
                                                "/state",
                                                "There is no such state; there are "
                                                        + names(lifecycle)
                                                        + "."));
        return lifecycle
                .standing(state, substate)
                .orElseThrow(
                        () ->
                                new Rejection.NotAllowed(
                                        "/substate",
                                        "\""
                                                + state.name()
                                                + "\" "
                                                + (state.substates().isEmpty()
                                                        ? "has no substates; leave it out."
                                                        : "has one of the substates "
                                                                + String.join(
                                                                        ", ", state.substates())
                                                                + (state.substateOptional()
                                                                        ? ", or none."
                                                                        : "."))));
    }

    private static String names(AssetLifecycle lifecycle) {
        return lifecycle.states().stream()
                .map(LifecycleState::name)
                .collect(Collectors.joining(", "));
    }
}
