package dev.cadastre.command.shared;

import dev.cadastre.events.Event;
import dev.cadastre.events.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Neighbours that a test has told of; it remembers what decisions relied on. */
public final class KnownNeighbours implements Neighbours {

    private final long now;
    private final Map<StreamId, Timeline<?>> timelines = new HashMap<>();
    private final Map<StreamId, List<StreamId>> referencing = new HashMap<>();
    private final Map<String, List<StreamId>> claims = new HashMap<>();
    private final List<StreamId> relied = new ArrayList<>();

    public KnownNeighbours(long now) {
        this.now = now;
    }

    /** Adds a fact about a neighbour. */
    public <S extends EntityState> void add(
            Fold<S> fold, String id, Event event, long effectiveAt) {
        StreamId stream = new StreamId(fold.kind(), id);
        Timeline<?> known = timelines.getOrDefault(stream, Timeline.empty(fold));
        timelines.put(stream, known.append(event, effectiveAt));
        for (StreamId to : event.references()) {
            referencing.computeIfAbsent(to, _ -> new ArrayList<>()).add(stream);
        }
    }

    /** Declares a neighbour of which nothing is recorded. */
    public void absent(Fold<?> fold, String id) {
        timelines.put(new StreamId(fold.kind(), id), Timeline.empty(fold));
    }

    public List<StreamId> relied() {
        return relied;
    }

    public Map<String, List<StreamId>> claims() {
        return claims;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timeline<? extends EntityState> timeline(StreamId stream) {
        Timeline<?> known = timelines.get(stream);
        if (known == null) {
            throw new AssertionError("The test says nothing of " + stream);
        }
        return known;
    }

    @Override
    public Known known(StreamId stream, Knowledge at) {
        throw new AssertionError("A test of that has a log");
    }

    @Override
    public void rely(StreamId stream, List<String> types) {
        relied.add(stream);
    }

    @Override
    public List<StreamId> referencing(StreamId stream) {
        return referencing.getOrDefault(stream, List.of());
    }

    @Override
    public List<StreamId> claimants(String value) {
        return claims.getOrDefault(value, List.of());
    }

    @Override
    public void claim(String value, StreamId stream) {
        claims.computeIfAbsent(value, _ -> new ArrayList<>()).add(stream);
    }
}
