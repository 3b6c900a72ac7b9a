package dev.cadastre.query.timeline.model;

import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.fold.Fact;
import dev.cadastre.query.register.fold.StateVersion;
import dev.cadastre.query.register.fold.Timeline;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts of one asset or CI, with what each changed. */
public final class EntityTimeline {

    /** The state before a fact and after it. */
    private record Change(@Nullable EntityState before, @Nullable EntityState after) {
        private static final Change NONE = new Change(null, null);
    }

    private final String id;
    private final StreamFacts facts;

    public EntityTimeline(String id, StreamFacts facts) {
        this.id = id;
        this.facts = facts;
    }

    /**
     * Every fact recorded by a position, once each.
     *
     * @param until facts effective later are left out; a retraction goes with the fact it takes
     *     back
     * @param knownAt position of the last event that counts
     */
    public List<TimelineEntry> entries(Order order, long until, long knownAt) {
        List<TimelineEntry> recorded = asRecorded(knownAt);
        List<TimelineEntry> entries =
                switch (order) {
                    case RECORDED -> recorded;
                    case EFFECTIVE -> byEffectiveTime(recorded, knownAt);
                };
        return entries.stream().filter(entry -> entry.concerns() <= until).toList();
    }

    private List<TimelineEntry> asRecorded(long knownAt) {
        Timeline timeline = new Timeline();
        List<TimelineEntry> entries = new ArrayList<>();
        facts.knownAt(knownAt)
                .forEach(
                        fact -> {
                            long instant = concerns(fact);
                            EntityState before = timeline.stateAt(instant);
                            Timeline.Step step = timeline.add(folded(fact));
                            entries.add(
                                    new TimelineEntry(
                                            id,
                                            fact,
                                            fact.isRetractedAt(knownAt) ? fact.retractedBy() : null,
                                            instant,
                                            step.created().stream()
                                                    .map(StateVersion::number)
                                                    .toList(),
                                            before,
                                            timeline.stateAt(instant)));
                        });
        return entries;
    }

    private List<TimelineEntry> byEffectiveTime(List<TimelineEntry> recorded, long knownAt) {
        Map<Long, Change> changes = new HashMap<>();
        @Nullable EntityState state = null;
        for (RecordedFact fact : facts.fold(Long.MAX_VALUE, knownAt)) {
            EntityState after = EntityState.after(state, fact.event());
            changes.put(fact.position(), new Change(state, after));
            state = after;
        }
        return recorded.stream()
                .sorted(TimelineItem.BY_EFFECTIVE_TIME)
                .map(
                        entry -> {
                            Change change =
                                    changes.getOrDefault(entry.fact().position(), Change.NONE);
                            return new TimelineEntry(
                                    id,
                                    entry.fact(),
                                    entry.retractedBy(),
                                    entry.concerns(),
                                    entry.versions(),
                                    change.before(),
                                    change.after());
                        })
                .toList();
    }

    /** The instant a fact is about: of a retraction, that of the fact it takes back. */
    private long concerns(RecordedFact fact) {
        RecordedFact takenBack = facts.takenBackBy(fact);
        return takenBack == null ? fact.effectiveAt() : takenBack.effectiveAt();
    }

    private static Fact folded(RecordedFact fact) {
        return new Fact(
                fact.sequenceNumber(),
                fact.position(),
                fact.recordedAt(),
                fact.effectiveAt(),
                fact.event());
    }
}
