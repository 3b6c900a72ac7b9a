package dev.cadastre.events.ci;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cadastre.events.AttributeValues;
import dev.cadastre.events.Event;
import dev.cadastre.events.Retraction;
import dev.cadastre.events.StoredAs;
import dev.cadastre.events.StreamId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to one configuration item, which owns its outgoing relations. */
public sealed interface CiEvent extends Event {

    /** The CI is there from now on; also recorded when a removed CI comes back. */
    @StoredAs("ci.registered")
    record CiRegistered(
            @JsonProperty("class") String ciClass,
            @Nullable String name,
            @Nullable Lifecycle lifecycle,
            @Nullable String asset,
            Map<String, Object> attributes,
            List<Relation> relations)
            implements CiEvent, CiContent {
        public CiRegistered {
            attributes = AttributeValues.copyOf(attributes);
            relations = copy(relations);
        }

        @Override
        public List<StreamId> references() {
            return CiContent.super.references();
        }
    }

    /** Attributes were set or taken away, relations came or went. */
    @StoredAs("ci.changed")
    record CiChanged(
            Map<String, Object> set,
            List<String> unset,
            List<Relation> relationsAdded,
            List<Relation> relationsRemoved)
            implements CiEvent {
        public CiChanged {
            set = AttributeValues.copyOf(set);
            unset = copy(unset);
            relationsAdded = copy(relationsAdded);
            relationsRemoved = copy(relationsRemoved);
        }

        @Override
        public List<StreamId> references() {
            // Most changes relate to nothing, and a stream costs more than they do.
            return relationsAdded.isEmpty()
                    ? List.of()
                    : relationsAdded.stream().flatMap(added -> added.ends().stream()).toList();
        }
    }

    /** The CI goes by this name; null: its name is no longer known. */
    @StoredAs("ci.renamed")
    record CiRenamed(@Nullable String name) implements CiEvent {}

    /** The CI moved to this stage and status of its life cycle. */
    @StoredAs("ci.lifecycle-changed")
    record CiLifecycleChanged(String stage, String status) implements CiEvent {}

    /** The CI is the configuration of this asset; null: of none. */
    @StoredAs("ci.asset-linked")
    record CiAssetLinked(@Nullable String asset) implements CiEvent {
        @Override
        public List<StreamId> references() {
            return asset == null ? List.of() : List.of(StreamId.asset(asset));
        }
    }

    /** The CI is gone; the relations it still had went with it. */
    @StoredAs("ci.removed")
    record CiRemoved(List<Relation> relationsRemoved) implements CiEvent {
        public CiRemoved {
            relationsRemoved = copy(relationsRemoved);
        }
    }

    /**
     * The CI is again as it was in an earlier version; also recorded when a removed CI comes back
     * so. It says in full how that is, so that nobody has to look the version up.
     */
    @StoredAs("ci.restored")
    record CiRestored(
            RestoredVersion version,
            @JsonProperty("class") String ciClass,
            @Nullable String name,
            @Nullable Lifecycle lifecycle,
            @Nullable String asset,
            Map<String, Object> attributes,
            List<Relation> relations)
            implements CiEvent, CiContent {
        public CiRestored {
            attributes = AttributeValues.copyOf(attributes);
            relations = copy(relations);
        }

        @Override
        public List<StreamId> references() {
            return CiContent.super.references();
        }
    }

    /** An earlier event of this CI is taken back. */
    @StoredAs("ci.fact-retracted")
    record CiFactRetracted(long retracted) implements CiEvent, Retraction {}

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
