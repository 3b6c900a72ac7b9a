package dev.cadastre.query.timeline.model;

import dev.cadastre.query.register.fold.BodyJson;
import dev.cadastre.query.register.fold.EntityState;
import dev.cadastre.query.register.fold.Fact;
import dev.cadastre.query.register.fold.StateVersion;
import dev.cadastre.query.register.fold.Timeline;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The facts of one asset or CI, with what each changed. */
public final class EntityTimeline {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

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
        return entries.stream().filter(entry -> concerns(entry.fact()) <= until).toList();
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
                            EntityState after = timeline.stateAt(instant);
                            entries.add(
                                    new TimelineEntry(
                                            fact,
                                            fact.isRetractedAt(knownAt) ? fact.retractedBy() : null,
                                            step.created().stream()
                                                    .map(StateVersion::number)
                                                    .toList(),
                                            difference(before, after)));
                        });
        return entries;
    }

    private List<TimelineEntry> byEffectiveTime(List<TimelineEntry> recorded, long knownAt) {
        Map<Long, BodyDifference> changes = new HashMap<>();
        @Nullable EntityState state = null;
        for (RecordedFact fact : facts.fold(Long.MAX_VALUE, knownAt)) {
            EntityState after = EntityState.after(state, fact.event());
            changes.put(fact.position(), difference(state, after));
            state = after;
        }
        return recorded.stream()
                .sorted(
                        Comparator.<TimelineEntry>comparingLong(entry -> concerns(entry.fact()))
                                .thenComparingLong(entry -> entry.fact().position()))
                .map(
                        entry ->
                                new TimelineEntry(
                                        entry.fact(),
                                        entry.retractedBy(),
                                        entry.versions(),
                                        changes.getOrDefault(
                                                entry.fact().position(), BodyDifference.NONE)))
                .toList();
    }

    /** The instant a fact is about: of a retraction, that of the fact it takes back. */
    private long concerns(RecordedFact fact) {
        RecordedFact takenBack = facts.takenBackBy(fact);
        return takenBack == null ? fact.effectiveAt() : takenBack.effectiveAt();
    }

    private BodyDifference difference(@Nullable EntityState before, @Nullable EntityState after) {
        return before == after
                ? BodyDifference.NONE
                : BodyDifference.between(content(before), content(after));
    }

    private @Nullable JsonNode content(@Nullable EntityState state) {
        return state == null
                ? null
                : MAPPER.readTree(BodyJson.write(id, new StateVersion(0, 0, 0, 0, state)));
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
