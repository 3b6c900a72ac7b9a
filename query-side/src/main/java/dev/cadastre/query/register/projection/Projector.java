package dev.cadastre.query.register.projection;

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
import dev.cadastre.query.register.projection.RecentEntities.Recent;
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
    private final RecentEntities recentEntities;

    /**
     * @param cachedBytes about how much heap latest states and whole timelines may take
     */
    Projector(EventLog log, TemporalIndex index, long cachedBytes) {
        this.log = log;
        this.index = index;
        this.recentEntities = new RecentEntities(cachedBytes);
    }

    /**
     * @param withBodies whether anybody needs the bodies
     */
    Projected project(DecodedCommit commit, boolean withBodies) {
        int facts = commit.facts().size();
        List<VersionChange> changes = new ArrayList<>(facts + 8);
        List<PendingBody> bodies = new ArrayList<>(withBodies ? facts : 0);
        for (EntityFact fact : commit.facts()) {
            Recent recent = recent(fact);
            Timeline.Step step = bringForward(recent, fact);
            tell(fact, recent, step, changes);
            if (withBodies) {
                step.created().forEach(made -> bodies.add(new PendingBody(recent.id, made)));
            }
            recentEntities.settle(recent);
        }
        return new Projected(
                new CommitChanges(
                        Math.toIntExact(commit.lastPosition()), commit.recordedAt(), changes),
                bodies);
    }

    private Recent recent(EntityFact fact) {
        Recent recent = recentEntities.get(fact.stream());
        if (recent == null) {
            RegisterKind kind = fact.kind();
            String id = kind.idOf(fact.stream());
            recent = new Recent(id, index.vocabulary(kind.word()).internEntity(id));
            recentEntities.add(fact.stream(), recent);
        }
        return recent;
    }

    private Timeline.Step bringForward(Recent recent, EntityFact entityFact) {
        Fact fact = entityFact.fact();
        @Nullable KnownTimeline known = recent.timeline;
        if (known == null && fact.sequenceNumber() == 0) {
            return remember(recent, TimelineTail.begin(fact));
        }
        if (known instanceof TimelineTail tail) {
            TimelineTail.@Nullable Extended extended = tail.add(fact);
            if (extended != null) {
                return remember(recent, extended);
            }
        }
        Timeline timeline =
                known instanceof Timeline whole
                        ? whole
                        : readBefore(entityFact.stream(), fact.sequenceNumber());
        Timeline.Step step = timeline.add(fact);
        recent.timeline = timeline;
        return step;
    }

    private static Timeline.Step remember(Recent recent, TimelineTail.Extended extended) {
        recent.timeline = extended.tail();
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
            EntityFact fact, Recent recent, Timeline.Step step, List<VersionChange> changes) {
        RegisterKind kind = fact.kind();
        Vocabulary vocabulary = index.vocabulary(kind.word());
        int position = Math.toIntExact(fact.fact().position());
        for (StateVersion ended : step.ended()) {
            changes.add(
                    new VersionChange.Ended(kind.word(), recent.entity, ended.number(), position));
        }
        for (StateVersion created : step.created()) {
            EntityState state = created.state();
            changes.add(
                    new VersionChange.Began(
                            kind.word(),
                            recent.entity,
                            created.number(),
                            position,
                            created.validFrom(),
                            state != null,
                            facets(kind, vocabulary, state),
                            relations(vocabulary, recent, state)));
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

    private static int relations(
            Vocabulary vocabulary, Recent recent, @Nullable EntityState state) {
        if (!(state instanceof CiState ci) || ci.relations().isEmpty()) {
            return Vocabulary.NO_RELATIONS;
        }
        // Most events leave the relations alone, and states share what they leave alone.
        if (ci.relations() != recent.relations) {
            recent.relationSet = intern(vocabulary, ci);
            recent.relations = ci.relations();
        }
        return recent.relationSet;
    }

    private static int intern(Vocabulary vocabulary, CiState ci) {
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
