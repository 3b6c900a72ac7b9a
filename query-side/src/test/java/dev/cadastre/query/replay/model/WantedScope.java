package dev.cadastre.query.replay.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A scope of one facet, and what belongs to it by its definition. */
record WantedScope(List<RegisterKind> kinds, @Nullable String facet, @Nullable String value) {

    static WantedScope of(
            List<RegisterKind> kinds, @Nullable String facet, @Nullable String value) {
        return new WantedScope(kinds, facet, value);
    }

    StateScope scope() {
        if (facet == null) {
            return new StateScope(kinds, Map.of());
        }
        Set<@Nullable String> allowed = new HashSet<>();
        allowed.add(value == null || value.isEmpty() ? null : value);
        return new StateScope(kinds, Map.of(facet, allowed));
    }

    boolean holds(RegisterKind kind, JsonNode body) {
        if (!kinds.contains(kind) || (facet != null && !kind.facets().contains(facet))) {
            return false;
        }
        if (facet == null) {
            return true;
        }
        JsonNode found =
                facet.equals("environment") ? body.at("/attributes/environment") : body.path(facet);
        String text = found.isString() ? found.stringValue() : "";
        return text.equals(value);
    }
}
