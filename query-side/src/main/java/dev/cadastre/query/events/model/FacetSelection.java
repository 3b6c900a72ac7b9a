package dev.cadastre.query.events.model;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Filter;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tests events by the facets of the asset or CI they tell of. An event passes if one of the
 * versions it created has the facets, or if what was believed before it at the same valid instant
 * had them: so whoever follows the servers of a site is told what joins them and what leaves them,
 * too. The answer for an event never changes. Thread-safe.
 */
public final class FacetSelection {

    private final TemporalIndex index;
    private final Filter wanted;

    public FacetSelection(TemporalIndex index, Map<String, Set<@Nullable String>> facets) {
        this.index = index;
        this.wanted = new Filter(facets, Filter.Presence.PRESENT, null);
    }

    /** Those that pass, of events at positions that the index holds; in their order. */
    public List<StoredEvent> among(List<StoredEvent> events) {
        return index.read(view -> events.stream().filter(event -> passes(view, event)).toList());
    }

    private boolean passes(View view, StoredEvent event) {
        RegisterKind kind = RegisterKind.ofStream(event.envelope().stream());
        if (kind == null || !kind.facets().containsAll(wanted.facets().keySet())) {
            return false;
        }
        KindView things = view.kind(kind.word());
        int entity = things.vocabulary().entity(kind.idOf(event.envelope().stream()));
        int position = Math.toIntExact(event.position());
        if (entity == Vocabulary.UNKNOWN) {
            return false;
        }
        // Also a late fact or a retraction tells by its versions where the state altered.
        for (Version version : things.allVersions(entity)) {
            if (version.recordedFrom() == position
                    && (has(things, version) || has(things, before(things, version)))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Version before(KindView things, Version version) {
        return things.version(
                version.entity(), new Coordinates(version.validFrom(), version.recordedFrom() - 1));
    }

    private boolean has(KindView things, @Nullable Version version) {
        return version != null && things.matches(version, wanted);
    }
}
