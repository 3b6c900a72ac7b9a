package dev.cadastre.command.cis.model;

import dev.cadastre.command.cis.model.CiCommand.DescribeCi;
import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiAssetLinked;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A CI at the valid time of a command: which events would make it so. What is so already needs
 * none.
 */
record CiMoment(StreamId ci, long at, CiState state, Neighbours neighbours) {

    List<CiEvent> register(RegisterCi command) {
        // Whether it is there already is for the rules to say: they name the fact.
        return List.of(
                new CiRegistered(
                        command.ciClass(),
                        command.name(),
                        command.lifecycle(),
                        command.asset(),
                        command.attributes(),
                        command.relations().stream().distinct().sorted().toList()));
    }

    List<CiEvent> change(CiChanged wish) {
        present();
        CiChanged change = whatIsNew(wish);
        if (isEmpty(change)) {
            return List.of();
        }
        new CiVocabulary(neighbours).checkAttributes(className(), change.set());
        return List.of(change);
    }

    List<CiEvent> describe(DescribeCi command) {
        present();
        List<CiEvent> events = new ArrayList<>(2);
        if (command.renames() && !Objects.equals(command.name(), state.name())) {
            events.add(new CiRenamed(command.name()));
        }
        events.addAll(change(new CiChanged(command.set(), command.unset(), List.of(), List.of())));
        return events;
    }

    List<CiEvent> move(Lifecycle lifecycle) {
        present();
        return lifecycle.equals(state.lifecycle())
                ? List.of()
                : List.of(new CiLifecycleChanged(lifecycle.stage(), lifecycle.status()));
    }

    List<CiEvent> link(@Nullable String asset) {
        present();
        return Objects.equals(asset, state.asset()) ? List.of() : List.of(new CiAssetLinked(asset));
    }

    List<CiEvent> remove() {
        present();
        return List.of(new CiRemoved(state.relations().stream().sorted().toList()));
    }

    private void present() {
        if (!state.present()) {
            List<Fact.Name> facts = state.since() == null ? List.of() : List.of(state.since());
            throw new Rejection.NotRegistered(ci, CiRules.absence(ci, at, state), facts);
        }
    }

    private String className() {
        return Objects.requireNonNull(state.ciClass());
    }

    private CiChanged whatIsNew(CiChanged wish) {
        Map<String, Object> set = new TreeMap<>();
        wish.set()
                .forEach(
                        (name, value) -> {
                            if (!value.equals(state.attributes().get(name))) {
                                set.put(name, value);
                            }
                        });
        List<String> unset = those(wish.unset(), state.attributes()::containsKey);
        List<Relation> added =
                those(wish.relationsAdded(), relation -> !state.relations().contains(relation));
        List<Relation> removed = those(wish.relationsRemoved(), state.relations()::contains);
        return new CiChanged(set, unset, added, removed);
    }

    /** Those that pass, each once, sorted. */
    private static <T extends Comparable<T>> List<T> those(List<T> wished, Predicate<T> test) {
        // Most wishes name nothing of a kind, and a stream costs more than they do.
        return wished.isEmpty()
                ? wished
                : wished.stream().filter(test).distinct().sorted().toList();
    }

    private static boolean isEmpty(CiChanged change) {
        return change.set().isEmpty()
                && change.unset().isEmpty()
                && change.relationsAdded().isEmpty()
                && change.relationsRemoved().isEmpty();
    }
}
