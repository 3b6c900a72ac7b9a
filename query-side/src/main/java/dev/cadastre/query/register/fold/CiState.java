package dev.cadastre.query.register.fold;

import dev.cadastre.events.ci.CiContent;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiAssetLinked;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.CiEvent.CiRestored;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one configuration item.
 *
 * @param asset id of the asset it is the configuration of
 * @param relations outgoing ones, sorted, each once
 */
public record CiState(
        String ciClass,
        @Nullable String name,
        @Nullable Lifecycle lifecycle,
        @Nullable String asset,
        SortedValues attributes,
        List<Relation> relations)
        implements EntityState {

    public CiState {
        relations = List.copyOf(relations);
    }

    @Override
    public int weight() {
        return 200 + 100 * (attributes.size() + relations.size());
    }

    /** The state after an event; see {@link EntityState#after}. */
    public static @Nullable CiState after(@Nullable CiState state, CiEvent event) {
        return switch (event) {
            case CiRegistered fact -> of(fact);
            case CiRestored fact -> of(fact);
            case CiRemoved _ -> null;
            case CiFactRetracted _ -> state;
            case CiChanged fact -> state == null ? null : state.changed(fact);
            case CiRenamed(String name) ->
                    state == null
                            ? null
                            : new CiState(
                                    state.ciClass,
                                    name,
                                    state.lifecycle,
                                    state.asset,
                                    state.attributes,
                                    state.relations);
            case CiLifecycleChanged(String stage, String status) ->
                    state == null
                            ? null
                            : new CiState(
                                    state.ciClass,
                                    state.name,
                                    new Lifecycle(stage, status),
                                    state.asset,
                                    state.attributes,
                                    state.relations);
            case CiAssetLinked(String asset) ->
                    state == null
                            ? null
                            : new CiState(
                                    state.ciClass,
                                    state.name,
                                    state.lifecycle,
                                    asset,
                                    state.attributes,
                                    state.relations);
        };
    }

    private static CiState of(CiContent content) {
        return new CiState(
                content.ciClass(),
                content.name(),
                content.lifecycle(),
                content.asset(),
                SortedValues.of(content.attributes()),
                List.copyOf(new TreeSet<>(content.relations())));
    }

    private CiState changed(CiChanged fact) {
        List<Relation> newRelations = relations;
        if (!fact.relationsAdded().isEmpty() || !fact.relationsRemoved().isEmpty()) {
            TreeSet<Relation> sorted = new TreeSet<>(relations);
            fact.relationsRemoved().forEach(sorted::remove);
            sorted.addAll(fact.relationsAdded());
            newRelations = List.copyOf(sorted);
        }
        return new CiState(
                ciClass,
                name,
                lifecycle,
                asset,
                attributes.changed(fact.set(), fact.unset()),
                newRelations);
    }
}
