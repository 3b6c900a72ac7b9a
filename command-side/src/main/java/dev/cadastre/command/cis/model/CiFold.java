package dev.cadastre.command.cis.model;

import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Fold;
import dev.cadastre.events.StreamId;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How the facts of a CI add up. */
final class CiFold implements Fold<CiState> {

    static final CiFold INSTANCE = new CiFold();

    private CiFold() {}

    @Override
    public String kind() {
        return StreamId.CI;
    }

    @Override
    public CiState absent() {
        return CiState.ABSENT;
    }

    @Override
    public CiState apply(CiState state, Fact fact) {
        return switch ((CiEvent) fact.event()) {
            case CiRegistered registered -> of(registered, fact.name(), fact.name());
            case CiRestored restored ->
                    of(
                            restored,
                            state.present() && state.since() != null ? state.since() : fact.name(),
                            fact.name());
            case CiChanged changed -> changed(state, changed);
            case CiRenamed renamed ->
                    new CiState(
                            state.present(),
                            state.ciClass(),
                            renamed.name(),
                            state.lifecycle(),
                            state.asset(),
                            state.attributes(),
                            state.relations(),
                            state.since(),
                            state.lifecycleSince());
            case CiLifecycleChanged moved ->
                    new CiState(
                            state.present(),
                            state.ciClass(),
                            state.name(),
                            new Lifecycle(moved.stage(), moved.status()),
                            state.asset(),
                            state.attributes(),
                            state.relations(),
                            state.since(),
                            fact.name());
            case CiAssetLinked linked ->
                    new CiState(
                            state.present(),
                            state.ciClass(),
                            state.name(),
                            state.lifecycle(),
                            linked.asset(),
                            state.attributes(),
                            state.relations(),
                            state.since(),
                            state.lifecycleSince());
            case CiRemoved _ -> CiState.absentSince(fact.name());
            case CiFactRetracted _ -> state;
        };
    }

    /**
     * @param since the fact that registered it
     * @param stated the fact that says all this
     */
    private static CiState of(CiContent content, Fact.Name since, Fact.Name stated) {
        return new CiState(
                true,
                content.ciClass(),
                content.name(),
                content.lifecycle(),
                content.asset(),
                content.attributes(),
                Set.copyOf(content.relations()),
                since,
                content.lifecycle() == null ? null : stated);
    }

    private static CiState changed(CiState state, CiChanged changed) {
        return new CiState(
                state.present(),
                state.ciClass(),
                state.name(),
                state.lifecycle(),
                state.asset(),
                attributes(state.attributes(), changed),
                relations(state.relations(), changed),
                state.since(),
                state.lifecycleSince());
    }

    private static Map<String, Object> attributes(Map<String, Object> before, CiChanged changed) {
        if (changed.set().isEmpty() && changed.unset().isEmpty()) {
            return before;
        }
        Map<String, Object> after = new HashMap<>(before);
        changed.unset().forEach(after::remove);
        after.putAll(changed.set());
        return Collections.unmodifiableMap(after);
    }

    private static Set<Relation> relations(Set<Relation> before, CiChanged changed) {
        if (changed.relationsAdded().isEmpty() && changed.relationsRemoved().isEmpty()) {
            return before;
        }
        Set<Relation> after = new HashSet<>(before);
        changed.relationsRemoved().forEach(after::remove);
        after.addAll(changed.relationsAdded());
        return Collections.unmodifiableSet(after);
    }
}
