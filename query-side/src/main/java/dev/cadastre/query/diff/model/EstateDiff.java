package dev.cadastre.query.diff.model;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Difference;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the estate at two coordinates. The index names the things whose version differs; only
 * their bodies are read, so the cost is that of what changed.
 */
public final class EstateDiff {

    /** How many bodies are read at a time: what a stream holds in memory. */
    private static final int BATCH = 256;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final TemporalIndex index;
    private final Bodies bodies;
    private final EventLog log;

    public EstateDiff(TemporalIndex index, Bodies bodies, EventLog log) {
        this.index = index;
        this.bodies = bodies;
        this.log = log;
    }

    /** The things of a scope that differ, by kind and id; read as the stream is. */
    public Stream<EntityDifference> differences(Scope scope, Coordinates from, Coordinates to) {
        return batches(candidates(scope, from, to))
                .flatMap(batch -> told(net(batch), from, to).stream());
    }

    /**
     * A part of {@link #differences}.
     *
     * @param total how many differ in all
     */
    public record Part(List<EntityDifference> items, long total) {}

    /** The differences from an offset on, and how many there are in all. */
    public Part part(Scope scope, Coordinates from, Coordinates to, long offset, int limit) {
        List<Candidate> net =
                batches(candidates(scope, from, to)).flatMap(batch -> net(batch).stream()).toList();
        int first = (int) Math.min(offset, net.size());
        int end = Math.min(first + limit, net.size());
        return new Part(told(net.subList(first, end), from, to), net.size());
    }

    /**
     * How one thing differs, be it not at all.
     *
     * @throws NoSuchElementException if nothing of that kind ever had that id
     */
    public EntityDifference difference(String kind, String id, Coordinates from, Coordinates to) {
        Candidate candidate =
                index.read(
                        view -> {
                            KindView things = view.kind(kind);
                            int entity = things.vocabulary().entity(id);
                            if (entity == Vocabulary.UNKNOWN || things.versions(entity) == 0) {
                                throw new NoSuchElementException(kind + " " + id);
                            }
                            return new Candidate(
                                    kind,
                                    id,
                                    present(things.version(entity, from)),
                                    present(things.version(entity, to)));
                        });
        return told(List.of(candidate), from, to).getFirst();
    }

    /**
     * The coordinates at which a version began: where it is believed first and holds first.
     *
     * @throws NoSuchElementException if the thing has no such version
     */
    public Coordinates coordinates(String kind, String id, int version) {
        return index.read(
                view -> {
                    KindView things = view.kind(kind);
                    int entity = things.vocabulary().entity(id);
                    @Nullable Version found =
                            entity == Vocabulary.UNKNOWN ? null : things.version(entity, version);
                    if (found == null) {
                        throw new NoSuchElementException(kind + " " + id + " version " + version);
                    }
                    return new Coordinates(found.validFrom(), found.recordedFrom());
                });
    }

    private List<Candidate> candidates(Scope scope, Coordinates from, Coordinates to) {
        return index.read(
                view -> {
                    List<Candidate> candidates = new ArrayList<>();
                    scope.kinds().forEach(kind -> add(view, kind, scope, from, to, candidates));
                    return candidates;
                });
    }

    private static void add(
            View view,
            String kind,
            Scope scope,
            Coordinates from,
            Coordinates to,
            List<Candidate> candidates) {
        KindView things = view.kind(kind);
        FacetTest test = FacetTest.of(things.vocabulary(), scope.facets());
        for (Difference difference : things.differences(from, to)) {
            Version before = present(difference.from());
            Version after = present(difference.to());
            if (before == null && after == null) {
                continue;
            }
            if (test.passes(things, before) || test.passes(things, after)) {
                String id = things.vocabulary().id(difference.entity());
                candidates.add(new Candidate(kind, id, before, after));
            }
        }
    }

    private static @Nullable Version present(@Nullable Version version) {
        return version != null && version.present() ? version : null;
    }

    private static Stream<List<Candidate>> batches(List<Candidate> candidates) {
        return Stream.iterate(0, start -> start < candidates.size(), start -> start + BATCH)
                .map(
                        start ->
                                candidates.subList(
                                        start, Math.min(start + BATCH, candidates.size())));
    }

    /** Those that differ: what came or went, and what is there at both with other contents. */
    private List<Candidate> net(List<Candidate> batch) {
        List<Version> versions = new ArrayList<>();
        for (Candidate candidate : batch) {
            if (candidate.isThereAtBoth()) {
                addIfThere(candidate.from(), versions);
                addIfThere(candidate.to(), versions);
            }
        }
        Iterator<byte[]> read = bodies.read(versions).iterator();
        return batch.stream()
                .filter(
                        candidate ->
                                !candidate.isThereAtBoth()
                                        || !BodyJson.haveSameContent(read.next(), read.next()))
                .toList();
    }

    private List<EntityDifference> told(
            List<Candidate> candidates, Coordinates from, Coordinates to) {
        List<Version> versions = new ArrayList<>();
        for (Candidate candidate : candidates) {
            addIfThere(candidate.from(), versions);
            addIfThere(candidate.to(), versions);
        }
        Iterator<byte[]> read = bodies.read(versions).iterator();
        List<EntityDifference> told = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            JsonNode before = candidate.from() == null ? null : MAPPER.readTree(read.next());
            JsonNode after = candidate.to() == null ? null : MAPPER.readTree(read.next());
            String stream = new StreamId(candidate.kind(), candidate.id()).toString();
            told.add(
                    new EntityDifference(
                            candidate.kind(),
                            candidate.id(),
                            candidate.from(),
                            candidate.to(),
                            before,
                            after,
                            BodyDifference.between(before, after),
                            FoldDifference.between(
                                    StreamFacts.of(log.stream(stream, 0)), from, to)));
        }
        return told;
    }

    private static void addIfThere(@Nullable Version version, List<Version> versions) {
        if (version != null) {
            versions.add(version);
        }
    }
}
