package dev.cadastre.query.snapshots.model;

import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.Filter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which things a snapshot shows.
 *
 * @param kinds in the order of the digest; those that lack a facet asked for are left out
 * @param facets facet name to the texts allowed; a null among them stands for an unknown value
 */
public record Scope(List<RegisterKind> kinds, Map<String, Set<@Nullable String>> facets) {

    /** The scope that was recorded. */
    public static Scope of(SnapshotScope recorded) {
        List<RegisterKind> kinds =
                Arrays.stream(RegisterKind.values())
                        .filter(kind -> kind.isWithin(recorded))
                        .sorted(Comparator.comparing(RegisterKind::word))
                        .toList();
        return new Scope(kinds, recorded.allowed());
    }

    /** What the index is asked for. */
    Filter filter() {
        return new Filter(facets, Filter.Presence.PRESENT, null);
    }

    /** Whether something of one of the kinds belongs to it in this state. */
    boolean holds(RegisterKind kind, EntityState state) {
        @Nullable String[] texts = kind.facetsOf(state);
        for (Map.Entry<String, Set<@Nullable String>> facet : facets.entrySet()) {
            if (!facet.getValue().contains(texts[kind.facets().indexOf(facet.getKey())])) {
                return false;
            }
        }
        return true;
    }
}
