package dev.cadastre.query.snapshots.model;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Difference;
import dev.cadastre.query.temporal.Filter;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded after a snapshot's position and would make it show something else: late facts
 * and retractions. The snapshot itself stays as it is. Thread-safe.
 */
public final class SnapshotCorrections {

    private static final int BATCH = 256;

    /** What a snapshot with today's knowledge would show otherwise. */
    public enum Change {
        /** A thing that the snapshot does not show. */
        ADDED,
        /** Not a thing that the snapshot shows. */
        REMOVED,
        /** Another content. */
        CHANGED
    }

    /**
     * A thing that would be shown otherwise.
     *
     * @param facts recorded after the snapshot's position and effective by its instant, and
     *     retractions of such facts or of what the snapshot shows
     */
    public record Corrected(RegisterKind kind, String id, Change change, List<Fact> facts) {}

    /**
     * One of the facts.
     *
     * @param takesBack the fact that it retracts; null if it is no retraction
     */
    public record Fact(RecordedFact fact, @Nullable RecordedFact takesBack) {}

    /**
     * Some of the things.
     *
     * @param total how many there are in all
     */
    public record Part(List<Corrected> items, long total) {}

    private record Candidate(
            RegisterKind kind, String id, @Nullable Version shown, @Nullable Version now) {}

    private final TemporalIndex index;
    private final Bodies bodies;
    private final EventLog log;

    public SnapshotCorrections(TemporalIndex index, Bodies bodies, EventLog log) {
        this.index = index;
        this.bodies = bodies;
        this.log = log;
    }

    /**
     * Those from an offset on.
     *
     * @param known the last position whose events count
     */
    public Part part(Snapshot snapshot, long known, long offset, int limit) {
        List<Candidate> corrected = corrected(snapshot, known);
        int from = (int) Math.min(offset, corrected.size());
        int to = Math.min(from + limit, corrected.size());
        return new Part(
                corrected.subList(from, to).stream()
                        .map(candidate -> told(snapshot, known, candidate))
                        .toList(),
                corrected.size());
    }

    /** How many things there are. */
    public long count(Snapshot snapshot, long known) {
        return corrected(snapshot, known).size();
    }

    private List<Candidate> corrected(Snapshot snapshot, long known) {
        Scope scope = snapshot.scope();
        Coordinates then = snapshot.coordinates();
        Coordinates now = new Coordinates(then.asOf(), Math.toIntExact(known));
        List<Candidate> candidates = new ArrayList<>();
        for (RegisterKind kind : scope.kinds()) {
            candidates.addAll(index.read(view -> candidates(view, kind, scope, then, now)));
        }
        return differing(candidates);
    }

    private static List<Candidate> candidates(
            View view, RegisterKind kind, Scope scope, Coordinates then, Coordinates now) {
        KindView things = view.kind(kind.word());
        Filter filter = scope.filter();
        List<Candidate> candidates = new ArrayList<>();
        for (Difference difference : things.differences(then, now)) {
            Version shown = within(filter, things, difference.from());
            Version otherwise = within(filter, things, difference.to());
            if (shown != null || otherwise != null) {
                String id = things.vocabulary().id(difference.entity());
                candidates.add(new Candidate(kind, id, shown, otherwise));
            }
        }
        return candidates;
    }

    private static @Nullable Version within(
            Filter filter, KindView things, @Nullable Version version) {
        return version != null && things.matches(version, filter) ? version : null;
    }

    /** Another version may say the same. */
    private List<Candidate> differing(List<Candidate> candidates) {
        List<Candidate> differing = new ArrayList<>();
        for (int from = 0; from < candidates.size(); from += BATCH) {
            List<Candidate> batch =
                    candidates.subList(from, Math.min(from + BATCH, candidates.size()));
            List<Version> versions =
                    batch.stream()
                            .filter(SnapshotCorrections::isShownByBoth)
                            .flatMap(each -> Stream.of(each.shown(), each.now()))
                            .toList();
            Iterator<byte[]> read = bodies.read(versions).iterator();
            for (Candidate candidate : batch) {
                if (!isShownByBoth(candidate)
                        || !BodyJson.haveSameContent(read.next(), read.next())) {
                    differing.add(candidate);
                }
            }
        }
        return differing;
    }

    private static boolean isShownByBoth(Candidate candidate) {
        return candidate.shown() != null && candidate.now() != null;
    }

    private Corrected told(Snapshot snapshot, long known, Candidate candidate) {
        Coordinates at = snapshot.coordinates();
        StreamFacts facts =
                StreamFacts.of(log.stream(candidate.kind().streamOf(candidate.id()), 0));
        List<Fact> since = new ArrayList<>();
        facts.knownAt(known)
                .filter(fact -> fact.position() > at.knownAt())
                .forEach(
                        fact -> {
                            RecordedFact takesBack = facts.takenBackBy(fact);
                            long counts =
                                    takesBack == null
                                            ? fact.effectiveAt()
                                            : takesBack.effectiveAt();
                            if (counts <= at.asOf()) {
                                since.add(new Fact(fact, takesBack));
                            }
                        });
        Change change =
                candidate.shown() == null
                        ? Change.ADDED
                        : candidate.now() == null ? Change.REMOVED : Change.CHANGED;
        return new Corrected(candidate.kind(), candidate.id(), change, since);
    }
}
