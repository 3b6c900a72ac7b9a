package dev.cadastre.query.register.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.Filter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entities are meant.
 *
 * @param facets facet to the values allowed; a null among them stands for unknown
 * @param text what an id, name or other text must contain, whatever the case of its letters; null
 *     for anything
 */
public record Selection(
        RegisterKind kind, Map<String, Set<@Nullable String>> facets, @Nullable String text) {

    public Selection {
        facets = Map.copyOf(facets);
        text = text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    public static Selection all(RegisterKind kind) {
        return new Selection(kind, Map.of(), null);
    }

    Filter filter() {
        return new Filter(facets, Filter.Presence.PRESENT, null);
    }
}
