package dev.cadastre.query.timeline.model;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.snapshots.TakenSnapshot;
import dev.cadastre.query.temporal.Coordinates;
import dev.cadastre.query.temporal.Filter;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Tells for which snapshots a fact came too late. Those are the snapshots whose position lies
 * before the fact and whose instant does not, and in whose scope the thing that the fact is about
 * was at that instant: as the snapshot shows it, or as believed just before or just after the fact.
 */
public final class LateFor {

    private final TemporalIndex index;
    private final List<TakenSnapshot> snapshots;

    /**
     * @param index holds every fact that will be asked about
     */
    public LateFor(TemporalIndex index, List<TakenSnapshot> snapshots) {
        this.index = index;
        this.snapshots = List.copyOf(snapshots);
    }

    /** Those of the snapshots that lack a fact, in their order. */
    public List<TakenSnapshot> lacking(TimelineItem item) {
        String stream = item.fact().envelope().stream();
        RegisterKind kind = RegisterKind.ofStream(stream);
        List<TakenSnapshot> earlier =
                snapshots.stream()
                        .filter(
                                snapshot ->
                                        snapshot.cameBefore(
                                                item.concerns(), item.fact().position()))
                        .toList();
        if (kind == null || earlier.isEmpty()) {
            return List.of();
        }
        return index.read(
                view ->
                        earlier.stream()
                                .filter(snapshot -> concerns(view, snapshot, kind, item.fact()))
                                .toList());
    }

    private static boolean concerns(
            View view, TakenSnapshot snapshot, RegisterKind kind, RecordedFact fact) {
        if (!kind.isWithin(snapshot.scope())) {
            return false;
        }
        Filter scope = new Filter(snapshot.scope().allowed(), Filter.Presence.PRESENT, null);
        KindView things = view.kind(kind.word());
        int entity = things.vocabulary().entity(kind.idOf(fact.envelope().stream()));
        return entity != Vocabulary.UNKNOWN
                && LongStream.of(snapshot.position(), fact.position() - 1, fact.position())
                        .anyMatch(
                                position -> {
                                    Version version =
                                            things.version(
                                                    entity,
                                                    new Coordinates(
                                                            snapshot.asOf(),
                                                            Math.toIntExact(position)));
                                    return version != null && things.matches(version, scope);
                                });
    }
}
