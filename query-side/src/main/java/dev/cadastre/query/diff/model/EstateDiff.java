package dev.cadastre.query.diff.model;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.model.TextSearch;
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
 * Compares the estate at two coordinates. The index names the things whose version differs and the
 * events that can have made the difference; only those bodies and events are read, so the cost is
 * that of what changed.
 */
public final class EstateDiff {

    /** How many bodies are read at a time: what a stream holds in memory. */
    private static final int BATCH = 256;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final TemporalIndex index;
    private final Bodies bodies;
    private final EventsOfChange events;

    public EstateDiff(TemporalIndex index, Bodies bodies, EventLog log) {
        this.index = index;
        this.bodies = bodies;
        this.events = new EventsOfChange(index, log);
    }

    /** The things of a scope that differ, by kind and id; read as the stream is. */
    public Stream<EntityDifference> differences(Scope scope, Coordinates from, Coordinates to) {
        List<Candidate> candidates = candidates(scope, from, to);
        return Stream.iterate(0, start -> start < candidates.size(), start -> start + BATCH)
                .flatMap(
                        start ->
                                told(net(scope, batch(candidates, start, BATCH)), from, to)
                                        .stream());
    }

    /**
     * A part of {@link #differences}.
     *
     * @param next place to go on from, or {@link #END}
     * @param atMost how many differ in all, those included of which a later version says the same
     *     as an earlier one, which only a comparison tells
     */
    public record Part(List<EntityDifference> items, int next, int atMost) {}

    /** Nothing follows. */
    public static final int END = -1;

    /**
     * Some of the differences; compares no more things than it takes to find them.
     *
     * @param place 0, or where an earlier part ended
     * @param skipped how many differences from there on are left out
     */
    public Part part(
            Scope scope, Coordinates from, Coordinates to, int place, long skipped, int limit) {
        List<Candidate> candidates = candidates(scope, from, to);
        List<Candidate> shown = new ArrayList<>();
        long toSkip = skipped;
        int next = Math.min(place, candidates.size());
        while (next < candidates.size() && shown.size() < limit) {
            List<Candidate> batch = batch(candidates, next, Math.min(BATCH, limit));
            next += batch.size();
            for (Candidate differing : net(scope, batch)) {
                if (toSkip > 0) {
                    toSkip--;
                } else if (shown.size() < limit) {
                    shown.add(differing);
                    if (shown.size() == limit) {
                        next = next - batch.size() + batch.indexOf(differing) + 1;
                    }
                }
            }
        }
        return new Part(
                told(shown, from, to), next < candidates.size() ? next : END, candidates.size());
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
                                    present(things.version(entity, to)),
                                    true,
                                    true);
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
            boolean within = test.passes(things, before);
            boolean withinAfter = test.passes(things, after);
            if (within || withinAfter) {
                String id = things.vocabulary().id(difference.entity());
                candidates.add(new Candidate(kind, id, before, after, within, withinAfter));
            }
        }
    }

    private static @Nullable Version present(@Nullable Version version) {
        return version != null && version.present() ? version : null;
    }

    private static List<Candidate> batch(List<Candidate> candidates, int start, int most) {
        return candidates.subList(start, Math.min(start + most, candidates.size()));
    }

    /** Those that differ: what came or went, and what is there at both with other contents. */
    private List<Candidate> net(Scope scope, List<Candidate> batch) {
        @Nullable TextSearch search = scope.text() == null ? null : new TextSearch(scope.text());
        List<Version> versions = new ArrayList<>();
        for (Candidate candidate : batch) {
            if (search != null || candidate.isThereAtBoth()) {
                addIfThere(candidate.from(), versions);
                addIfThere(candidate.to(), versions);
            }
        }
        Iterator<byte[]> read = bodies.read(versions).iterator();
        List<Candidate> net = new ArrayList<>(batch.size());
        for (Candidate candidate : batch) {
            if (search == null && !candidate.isThereAtBoth()) {
                net.add(candidate);
                continue;
            }
            byte @Nullable [] before = candidate.from() == null ? null : read.next();
            byte @Nullable [] after = candidate.to() == null ? null : read.next();
            boolean differ =
                    before == null || after == null || !BodyJson.haveSameContent(before, after);
            if (differ && (search == null || isFound(search, candidate, before, after))) {
                net.add(candidate);
            }
        }
        return net;
    }

    private static boolean isFound(
            TextSearch search,
            Candidate candidate,
            byte @Nullable [] before,
            byte @Nullable [] after) {
        return candidate.within() && before != null && search.isWithin(before)
                || candidate.withinAfter() && after != null && search.isWithin(after);
    }

    private List<EntityDifference> told(
            List<Candidate> candidates, Coordinates from, Coordinates to) {
        List<Version> versions = new ArrayList<>();
        for (Candidate candidate : candidates) {
            addIfThere(candidate.from(), versions);
            addIfThere(candidate.to(), versions);
        }
        Iterator<byte[]> read = bodies.read(versions).iterator();
        Iterator<List<StoredEvent>> recorded = events.read(candidates, from, to).iterator();
        List<EntityDifference> told = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            JsonNode before = candidate.from() == null ? null : MAPPER.readTree(read.next());
            JsonNode after = candidate.to() == null ? null : MAPPER.readTree(read.next());
            told.add(
                    new EntityDifference(
                            candidate.kind(),
                            candidate.id(),
                            candidate.from(),
                            candidate.to(),
                            before,
                            after,
                            BodyDifference.between(before, after),
                            FoldDifference.between(StreamFacts.read(recorded.next()), from, to)));
        }
        return told;
    }

    private static void addIfThere(@Nullable Version version, List<Version> versions) {
        if (version != null) {
            versions.add(version);
        }
    }
}
