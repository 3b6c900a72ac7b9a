package dev.cadastre.query.register.fold;

import dev.cadastre.events.Event;
import dev.cadastre.events.asset.AssetEvent;
import dev.cadastre.events.ci.CiEvent;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one asset or CI at one instant. Immutable; equal states read the same. An absent
 * entity has no state: {@code null}.
 */
public sealed interface EntityState permits AssetState, CiState {

    /** Descriptive and configuration values by name, sorted. */
    SortedValues attributes();

    /** About how many bytes of heap it takes. */
    int weight();

    /** The name it goes by, if it has one. */
    @Nullable String name();

    /**
     * The state after an event. Total: an event that means nothing in the state (a change of
     * something absent, a retraction) leaves it as it is. Retractions are a matter of which events
     * are folded, see {@link Timeline}.
     */
    static @Nullable EntityState after(@Nullable EntityState state, Event event) {
        return switch (event) {
            case CiEvent fact -> CiState.after((CiState) state, fact);
            case AssetEvent fact -> AssetState.after((AssetState) state, fact);
            default -> state;
        };
    }
}
