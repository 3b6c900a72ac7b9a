package dev.cadastre.query.histories;

import dev.cadastre.events.Event;
import dev.cadastre.events.Retraction;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
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
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was true, from the definition alone: the events recorded by a position, less those retracted
 * by then, effective by an instant, folded in the order (effective time, position). Shares no code
 * with the product but the events. Bodies read as the API's, without {@code version}, {@code
 * validFrom}, {@code recordedFrom} and {@code position}.
 */
public final class NaiveRegister {

    private record Known(
            StreamId stream,
            long sequenceNumber,
            long position,
            long recordedAt,
            long effectiveAt,
            Event event) {}

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final List<Known> events = new ArrayList<>();

    /** Reads a whole log. */
    public static NaiveRegister of(EventLog log) {
        NaiveRegister register = new NaiveRegister();
        for (long next = 0; next < log.head().size(); ) {
            for (Commit commit : log.commits(next, 10_000)) {
                commit.events().forEach(register::add);
                next = commit.lastPosition() + 1;
            }
        }
        return register;
    }

    private void add(StoredEvent stored) {
        events.add(
                new Known(
                        StreamId.parse(stored.envelope().stream()),
                        stored.envelope().sequenceNumber(),
                        stored.position(),
                        stored.envelope().recordedAt(),
                        stored.envelope().effectiveAt(),
                        EventJson.read(
                                stored.envelope().type(),
                                stored.envelope().revision(),
                                stored.payload())));
    }

    /** The last position recorded by an instant; -1 if none. */
    public long positionRecordedBy(long recordedAt) {
        return events.stream()
                .filter(known -> known.recordedAt() <= recordedAt)
                .mapToLong(Known::position)
                .max()
                .orElse(-1);
    }

    /** The bodies of all entities of a kind that are there, by id. */
    public SortedMap<String, JsonNode> states(String kind, long asOf, long position) {
        return states(kind, asOf, position, Long.MAX_VALUE);
    }

    /**
     * The bodies of all entities of a kind that are there, by id.
     *
     * @param within of the facts effective at the very instant, those up to this position count
     */
    public SortedMap<String, JsonNode> states(String kind, long asOf, long position, long within) {
        SortedMap<String, JsonNode> states = new TreeMap<>();
        for (String id : ids(kind)) {
            JsonNode state = state(new StreamId(kind, id), asOf, position, within);
            if (state != null) {
                states.put(id, state);
            }
        }
        return states;
    }

    /** The body of an entity, or null if it is not there. */
    public @Nullable JsonNode state(StreamId stream, long asOf, long position) {
        return state(stream, asOf, position, Long.MAX_VALUE);
    }

    private @Nullable JsonNode state(StreamId stream, long asOf, long position, long within) {
        Map<String, Object> state = null;
        for (Known known : folded(stream, asOf, position)) {
            if (known.effectiveAt() < asOf || known.position() <= within) {
                state = after(state, known.event());
            }
        }
        return state == null ? null : json(stream, state);
    }

    /** The sequence numbers of the events that make up the state of an entity, in fold order. */
    public List<Long> counting(StreamId stream, long asOf, long position) {
        return folded(stream, asOf, position).stream()
                .filter(known -> !(known.event() instanceof Retraction))
                .map(Known::sequenceNumber)
                .toList();
    }

    /** The sequence number of the last event of a stream recorded by a position; -1 if none. */
    public long lastSequenceNumber(StreamId stream, long position) {
        return events.stream()
                .filter(known -> known.stream().equals(stream) && known.position() <= position)
                .mapToLong(Known::sequenceNumber)
                .max()
                .orElse(-1);
    }

    /** All ids of a kind that have events at all. */
    public Set<String> ids(String kind) {
        Set<String> ids = new TreeSet<>();
        events.stream()
                .filter(known -> known.stream().kind().equals(kind))
                .forEach(known -> ids.add(known.stream().id()));
        return ids;
    }

    private List<Known> folded(StreamId stream, long asOf, long position) {
        List<Known> recorded =
                events.stream()
                        .filter(known -> known.stream().equals(stream))
                        .filter(known -> known.position() <= position)
                        .toList();
        Set<Long> retracted = new HashSet<>();
        for (Known known : recorded) {
            if (known.event() instanceof Retraction retraction
                    && retraction.retracted() < known.sequenceNumber()) {
                retracted.add(retraction.retracted());
            }
        }
        return recorded.stream()
                .filter(known -> known.effectiveAt() <= asOf)
                .filter(known -> !retracted.contains(known.sequenceNumber()))
                .sorted(
                        Comparator.comparingLong(Known::effectiveAt)
                                .thenComparingLong(Known::position))
                .toList();
    }

    private static @Nullable Map<String, Object> after(
            @Nullable Map<String, Object> state, Event event) {
        return switch (event) {
            case CiEvent fact -> afterCi(state, fact);
            case AssetEvent fact -> afterAsset(state, fact);
            default -> state;
        };
    }

    private static @Nullable Map<String, Object> afterCi(
            @Nullable Map<String, Object> state, CiEvent event) {
        if (event instanceof CiRegistered fact) {
            Map<String, Object> fresh = new LinkedHashMap<>();
            fresh.put("class", fact.ciClass());
            set(fresh, "name", fact.name());
            set(fresh, "lifecycle", fact.lifecycle());
            set(fresh, "asset", fact.asset());
            fresh.put("attributes", new TreeMap<>(fact.attributes()));
            fresh.put("relations", new TreeSet<>(fact.relations()));
            return fresh;
        }
        if (event instanceof CiRestored fact) {
            Map<String, Object> restored = new LinkedHashMap<>();
            restored.put("class", fact.ciClass());
            set(restored, "name", fact.name());
            set(restored, "lifecycle", fact.lifecycle());
            set(restored, "asset", fact.asset());
            restored.put("attributes", new TreeMap<>(fact.attributes()));
            restored.put("relations", new TreeSet<>(fact.relations()));
            return restored;
        }
        if (state == null || event instanceof CiFactRetracted) {
            return state;
        }
        switch (event) {
            case CiChanged fact -> {
                change(state, "attributes", fact.set(), fact.unset());
                Collection<Relation> relations = relations(state);
                relations.removeAll(fact.relationsRemoved());
                relations.addAll(fact.relationsAdded());
            }
            case CiRenamed fact -> set(state, "name", fact.name());
            case CiLifecycleChanged fact ->
                    set(state, "lifecycle", new Lifecycle(fact.stage(), fact.status()));
            case CiAssetLinked fact -> set(state, "asset", fact.asset());
            case CiRemoved _ -> {
                return null;
            }
            default -> throw new AssertionError(event);
        }
        return state;
    }

    private static @Nullable Map<String, Object> afterAsset(
            @Nullable Map<String, Object> state, AssetEvent event) {
        if (event instanceof AssetRegistered fact) {
            Map<String, Object> fresh = new LinkedHashMap<>(fact.fields());
            fresh.put("state", fact.state());
            set(fresh, "substate", fact.substate());
            fresh.put("attributes", new TreeMap<>(fact.attributes()));
            return fresh;
        }
        if (state == null || event instanceof AssetFactRetracted) {
            return state;
        }
        switch (event) {
            case AssetDescribed fact -> {
                state.keySet().removeAll(fact.unset());
                state.putAll(fact.set());
                change(state, "attributes", fact.attributesSet(), fact.attributesUnset());
            }
            case AssetAssigned fact -> {
                state.keySet().removeAll(fact.unset());
                state.putAll(fact.set());
            }
            case AssetTransitioned fact -> {
                state.put("state", fact.state());
                set(state, "substate", fact.substate());
            }
            default -> throw new AssertionError(event);
        }
        return state;
    }

    private static void set(Map<String, Object> state, String name, @Nullable Object value) {
        if (value == null) {
            state.remove(name);
        } else {
            state.put(name, value);
        }
    }

    @SuppressWarnings("unchecked")
    private static void change(
            Map<String, Object> state,
            String name,
            Map<String, Object> set,
            Collection<String> unset) {
        Map<String, Object> values = (Map<String, Object>) state.get(name);
        values.keySet().removeAll(unset);
        values.putAll(set);
    }

    @SuppressWarnings("unchecked")
    private static Collection<Relation> relations(Map<String, Object> state) {
        return (Collection<Relation>) state.get("relations");
    }

    private static JsonNode json(StreamId stream, Map<String, Object> state) {
        Map<String, Object> body = new LinkedHashMap<>(state);
        body.put("id", stream.id());
        // Written and read, so that numbers have the same form as in a parsed answer.
        return MAPPER.readTree(MAPPER.writeValueAsBytes(body));
    }
}
