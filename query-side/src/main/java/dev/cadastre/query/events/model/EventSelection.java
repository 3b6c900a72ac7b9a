package dev.cadastre.query.events.model;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.facts.StreamKinds;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant: those that pass each of the tests asked for. An empty set asks for
 * nothing.
 *
 * @param types stored type names, for example {@code ci.registered}
 * @param streams texts of streams, for example {@code ci:web-1}
 * @param kinds kinds of streams, for example {@code ci}
 * @param facets of the asset or CI; see {@link FacetSelection}
 */
public record EventSelection(
        Set<String> types,
        Set<String> streams,
        Set<String> kinds,
        Map<String, Set<@Nullable String>> facets) {

    /** Every event. */
    public static final EventSelection ALL =
            new EventSelection(Set.of(), Set.of(), Set.of(), Map.of());

    public EventSelection {
        types = Set.copyOf(types);
        streams = Set.copyOf(streams);
        kinds = Set.copyOf(kinds);
        Map<String, Set<@Nullable String>> copy = new LinkedHashMap<>();
        facets.forEach((facet, texts) -> copy.put(facet, new LinkedHashSet<>(texts)));
        facets = copy;
    }

    /** Whether every event is meant. */
    public boolean isAll() {
        return types.isEmpty() && streams.isEmpty() && kinds.isEmpty() && facets.isEmpty();
    }

    /** Whether it takes the register to tell which events are meant. */
    public boolean needsRegister() {
        return !facets.isEmpty();
    }

    /** Whether an event passes the tests that its envelope alone decides. */
    public boolean admitsEnvelope(StoredEvent event) {
        String stream = event.envelope().stream();
        return (types.isEmpty() || types.contains(event.envelope().type()))
                && (streams.isEmpty() || streams.contains(stream))
                && (kinds.isEmpty() || kinds.contains(StreamKinds.of(stream)));
    }
}
