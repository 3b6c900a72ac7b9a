package dev.cadastre.command.assets.model;

import dev.cadastre.command.people.model.PersonFold;
import dev.cadastre.command.shared.EntityState;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Fold;
import dev.cadastre.command.shared.Knowledge;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.Event;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entities in memory, as the rules see them. */
final class KnownEntities implements Neighbours {

    record Presence(boolean present, @Nullable String asset) implements EntityState {
        @Override
        public boolean pointsAt(StreamId other) {
            return other.equals(StreamId.asset(String.valueOf(asset)));
        }
    }

    /** CIs come and go; more of them the rules of an asset do not want to know. */
    private static final Fold<Presence> CIS =
            new Fold<>() {
                @Override
                public String kind() {
                    return StreamId.CI;
                }

                @Override
                public Presence absent() {
                    return new Presence(false, null);
                }

                @Override
                public Presence apply(Presence state, Fact fact) {
                    return fact.event() instanceof CiRegistered registered
                            ? new Presence(true, registered.asset())
                            : new Presence(false, null);
                }
            };

    private final Map<StreamId, Timeline<?>> timelines = new HashMap<>();
    private final Map<String, List<StreamId>> claims = new LinkedHashMap<>();
    private final Map<StreamId, List<StreamId>> references = new HashMap<>();
    private long now;

    KnownEntities(long now) {
        this.now = now;
    }

    void now(long instant) {
        now = instant;
    }

    void record(StreamId stream, Event event, long effectiveAt) {
        timelines.put(stream, timeline(stream).append(event, effectiveAt));
        event.references()
                .forEach(to -> references.computeIfAbsent(to, _ -> new ArrayList<>()).add(stream));
    }

    void put(StreamId stream, Timeline<?> timeline) {
        timelines.put(stream, timeline);
    }

    /** How often the value was claimed. */
    int claims(String value) {
        return claims.getOrDefault(value, List.of()).size();
    }

    Map<StreamId, Timeline<?>> timelines() {
        return timelines;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timeline<?> timeline(StreamId stream) {
        Timeline<?> known = timelines.get(stream);
        return known != null ? known : empty(stream.kind());
    }

    private static Timeline<?> empty(String kind) {
        return switch (kind) {
            case StreamId.ASSET -> Timeline.empty(AssetFold.INSTANCE);
            case StreamId.PERSON -> Timeline.empty(PersonFold.INSTANCE);
            default -> Timeline.empty(CIS);
        };
    }

    @Override
    public Known known(StreamId stream, Knowledge at) {
        throw new AssertionError("No asset is restored");
    }

    @Override
    public void rely(StreamId stream, List<String> types) {}

    @Override
    public List<StreamId> referencing(StreamId stream) {
        return references.getOrDefault(stream, List.of());
    }

    @Override
    public List<StreamId> claimants(String value) {
        return claims.getOrDefault(value, List.of()).stream().distinct().toList();
    }

    @Override
    public void claim(String value, StreamId stream) {
        claims.computeIfAbsent(value, _ -> new ArrayList<>()).add(stream);
    }
}
