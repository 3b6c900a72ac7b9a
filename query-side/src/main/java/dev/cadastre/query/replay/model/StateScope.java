package dev.cadastre.query.replay.model;

import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.kinds.RegisterKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the estate is replayed. A thing is in the scope while it is there and each facet
 * has one of the values asked for; a kind that lacks a facet asked for has nothing in the scope.
 */
public final class StateScope {

    /** One facet of a kind, by its place, and the texts allowed; null stands for unknown. */
    private record Restriction(int facet, Set<@Nullable String> allowed) {}

    private final Map<String, Set<@Nullable String>> facets = new LinkedHashMap<>();
    private final Map<RegisterKind, List<Restriction>> restrictions =
            new EnumMap<>(RegisterKind.class);

    /**
     * @param kinds those asked for
     * @param facets facet name to the texts allowed; a null among them stands for an unknown value
     */
    public StateScope(List<RegisterKind> kinds, Map<String, Set<@Nullable String>> facets) {
        facets.forEach((facet, texts) -> this.facets.put(facet, new LinkedHashSet<>(texts)));
        for (RegisterKind kind : kinds) {
            if (kind.facets().containsAll(facets.keySet())) {
                List<Restriction> restricted = new ArrayList<>();
                this.facets.forEach(
                        (facet, texts) ->
                                restricted.add(
                                        new Restriction(kind.facets().indexOf(facet), texts)));
                restrictions.put(kind, restricted);
            }
        }
    }

    /** The kinds that can have something in the scope. */
    List<RegisterKind> kinds() {
        return List.copyOf(restrictions.keySet());
    }

    Map<String, Set<@Nullable String>> facets() {
        return facets;
    }

    boolean mayHold(@Nullable RegisterKind kind) {
        return kind != null && restrictions.containsKey(kind);
    }

    /** Whether a state of a kind that the scope may hold is in it. */
    boolean holds(RegisterKind kind, @Nullable EntityState state) {
        List<Restriction> restricted = restrictions.get(kind);
        if (state == null || restricted == null) {
            return false;
        }
        if (restricted.isEmpty()) {
            return true;
        }
        @Nullable String[] texts = kind.facetsOf(state);
        for (Restriction restriction : restricted) {
            if (!restriction.allowed().contains(texts[restriction.facet()])) {
                return false;
            }
        }
        return true;
    }
}
