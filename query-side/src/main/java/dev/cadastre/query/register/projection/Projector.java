package dev.cadastre.query.register.projection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.bodies.PendingBody;
import dev.cadastre.query.register.fold.CiState;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.fold.Fact;
import dev.cadastre.query.register.fold.KnownTimeline;
import dev.cadastre.query.register.fold.StateVersion;
import dev.cadastre.query.register.fold.Timeline;
import dev.cadastre.query.register.fold.TimelineTail;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.projection.DecodedCommit.EntityFact;
import dev.cadastre.query.temporal.CommitChanges;
import dev.cadastre.query.temporal.RelationTo;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.VersionChange;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns commits into changes of versions. A fact at the end of its entity's valid time needs only
 * the latest state, which a bounded cache holds; a back-dated or retracted one folds the entity's
 * stream anew. For one thread.
 */
final class Projector {

    /** What one commit changes, and the bodies of the versions it creates. */
    record Projected(CommitChanges changes, List<PendingBody> bodies) {}

    private final EventLog log;
    private final TemporalIndex index;
    private final Cache<String, KnownTimeline> timelines;

    /**
     * @param cachedBytes about how much heap latest states and whole timelines may take
     */
    Projector(EventLog log, TemporalIndex index, long cachedBytes) {
        this.log = log;
        this.index = index;
        this.timelines =
                Caffeine.newBuilder()
                        .maximumWeight(cachedBytes)
                        .weigher((String _, KnownTimeline known) -> known.weight())
                        .executor(Runnable::run)
                        .build();
    }

    Projected project(DecodedCommit commit) {
        List<VersionChange> changes = new ArrayList<>(commit.facts().size() + 8);
        List<PendingBody> bodies = new ArrayList<>(commit.facts().size());
        for (EntityFact fact : commit.facts()) {
            Timeline.Step step = bringForward(fact.stream(), fact.fact());
            tell(fact, step, changes, bodies);
        }
        return new Projected(
                new CommitChanges(
                        Math.toIntExact(commit.lastPosition()), commit.recordedAt(), changes),
                bodies);
    }

    private Timeline.Step bringForward(String stream, Fact fact) {
        @Nullable KnownTimeline known = timelines.getIfPresent(stream);
        if (known == null && fact.sequenceNumber() == 0) {
            return remember(stream, TimelineTail.begin(fact));
        }
        if (known instanceof TimelineTail tail) {
            TimelineTail.@Nullable Extended extended = tail.add(fact);
            if (extended != null) {
                return remember(stream, extended);
            }
        }
        Timeline timeline =
                known instanceof Timeline whole ? whole : readBefore(stream, fact.sequenceNumber());
        Timeline.Step step = timeline.add(fact);
        timelines.put(stream, timeline);
        return step;
    }

    private Timeline.Step remember(String stream, TimelineTail.Extended extended) {
        timelines.put(stream, extended.tail());
        return extended.step();
    }

    private Timeline readBefore(String stream, long sequenceNumber) {
        Timeline timeline = new Timeline();
        for (StoredEvent stored : log.stream(stream, 0)) {
            if (stored.envelope().sequenceNumber() == sequenceNumber) {
                break;
            }
            timeline.add(DecodedCommit.fact(stored));
        }
        return timeline;
    }

    private void tell(
            EntityFact fact,
            Timeline.Step step,
            List<VersionChange> changes,
            List<PendingBody> bodies) {
        RegisterKind kind = fact.kind();
        Vocabulary vocabulary = index.vocabulary(kind.word());
        String id = kind.idOf(fact.stream());
        int entity = vocabulary.internEntity(id);
        int position = Math.toIntExact(fact.fact().position());
        for (StateVersion ended : step.ended()) {
            changes.add(new VersionChange.Ended(kind.word(), entity, ended.number(), position));
        }
        for (StateVersion created : step.created()) {
            EntityState state = created.state();
            changes.add(
                    new VersionChange.Began(
                            kind.word(),
                            entity,
                            created.number(),
                            position,
                            created.validFrom(),
                            state != null,
                            facets(kind, vocabulary, state),
                            relations(vocabulary, state)));
            bodies.add(new PendingBody(id, created));
        }
    }

    private static int[] facets(
            RegisterKind kind, Vocabulary vocabulary, @Nullable EntityState state) {
        int[] values = new int[kind.facets().size()];
        if (state == null) {
            return values; // NO_VALUE is 0
        }
        @Nullable String[] texts = kind.facetsOf(state);
        for (int i = 0; i < values.length; i++) {
            if (texts[i] != null) {
                values[i] = vocabulary.internValue(i, texts[i]);
            }
        }
        return values;
    }

    private static int relations(Vocabulary vocabulary, @Nullable EntityState state) {
        if (!(state instanceof CiState ci) || ci.relations().isEmpty()) {
            return Vocabulary.NO_RELATIONS;
        }
        List<RelationTo> relations = new ArrayList<>(ci.relations().size());
        for (Relation relation : ci.relations()) {
            relations.add(
                    new RelationTo(
                            vocabulary.internRelationType(relation.type()),
                            vocabulary.internEntity(relation.to())));
        }
        return vocabulary.internRelations(relations);
    }
}
