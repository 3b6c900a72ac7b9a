package dev.cadastre.command.assets.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of a lifecycle.
 *
 * @param substates the substates it allows, in the order of the vocabulary
 * @param substateOptional whether an asset may be in it without a substate
 * @param finalSubstates those in which the asset has left the estate: nothing follows
 * @param next the states that may follow it; another substate of the same state always may
 * @param excludedTypes the types of assets that are never in it
 */
public record LifecycleState(
        String name,
        List<String> substates,
        boolean substateOptional,
        List<String> finalSubstates,
        List<String> next,
        List<String> excludedTypes) {

    public LifecycleState {
        substates = List.copyOf(substates);
        finalSubstates = List.copyOf(finalSubstates);
        next = List.copyOf(next);
        excludedTypes = List.copyOf(excludedTypes);
    }

    /** Whether nothing follows this substate. */
    boolean endsIn(@Nullable String substate) {
        return substate != null && finalSubstates.contains(substate);
    }

    /** A state without substates. */
    static LifecycleState plain(String name, List<String> next) {
        return new LifecycleState(name, List.of(), true, List.of(), next, List.of());
    }

    /** A state in which an asset always has one of these substates. */
    static LifecycleState divided(String name, List<String> substates, List<String> next) {
        return new LifecycleState(name, substates, false, List.of(), next, List.of());
    }

    LifecycleState withOptionalSubstate() {
        return new LifecycleState(name, substates, true, finalSubstates, next, excludedTypes);
    }

    LifecycleState endingIn(String... substates) {
        return new LifecycleState(
                name, this.substates, substateOptional, List.of(substates), next, excludedTypes);
    }

    LifecycleState notFor(String... types) {
        return new LifecycleState(
                name, substates, substateOptional, finalSubstates, next, List.of(types));
    }
}
