package dev.cadastre.command.shared;

import dev.cadastre.events.Event;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.axon.EventMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate whose state is its timeline. It is also there for an entity of which nothing is
 * recorded yet; what a command may do then is for the rules to say.
 */
public abstract class TimelineAggregate<S extends EntityState> {

    /**
     * An event that the aggregate is about to record; without a time it holds from the commit on.
     */
    public record Recording(Event event, @Nullable Long effectiveAt) {}

    private record Fresh(Event event, @Nullable Long effectiveAt) {}

    @AggregateIdentifier private @Nullable String stream;
    private Timeline<S> recorded;
    private Timeline<S> timeline;
    private final List<Fresh> fresh = new ArrayList<>(2);
    private boolean recording;

    protected TimelineAggregate(Fold<S> fold) {
        this.recorded = Timeline.empty(fold);
        this.timeline = recorded;
    }

    @SuppressWarnings("unchecked")
    final void resume(String streamText, Timeline<?> known) {
        this.stream = streamText;
        this.recorded = (Timeline<S>) known;
        this.timeline = recorded;
    }

    /** The entity that this is; known from the first command or event on. */
    protected final StreamId entity() {
        return StreamId.parse(Objects.requireNonNull(stream, "stream"));
    }

    /** The timeline, with what this change set has recorded so far. */
    protected final Timeline<S> timeline() {
        return timeline;
    }

    /**
     * Decides whether the events may be believed and records them; records nothing for an empty
     * list.
     *
     * @throws Rejection if a rule forbids one of them
     */
    protected final void record(Command command, List<Recording> events, Neighbours neighbours) {
        if (events.isEmpty()) {
            return;
        }
        this.stream = command.target().toString();
        long now = neighbours.now();
        Timeline<S> after = timeline;
        for (Recording each : events) {
            after =
                    after.append(
                            each.event(), each.effectiveAt() == null ? now : each.effectiveAt());
        }
        Decision<S> decision = new Decision<>(timeline, after);
        List<StreamId> references = check(decision, neighbours);
        long recordedBefore = timeline.nextEffectiveAfter(now);
        recording = true;
        try {
            for (int i = 0; i < events.size(); i++) {
                Recording each = events.get(i);
                AggregateLifecycle.apply(
                        each.event(),
                        MetaData.from(
                                metadata(
                                        each.effectiveAt(),
                                        each.effectiveAt() == null
                                                ? recordedBefore
                                                : boundOf(each.effectiveAt(), now),
                                        i == events.size() - 1 ? references : List.of())));
                fresh.add(new Fresh(each.event(), each.effectiveAt()));
            }
        } finally {
            recording = false;
        }
        timeline = after;
        CommandScope scope = CommandScope.currentOrNull();
        if (scope != null) {
            scope.referTo(command.target(), events, references);
        }
    }

    /**
     * Judges a decision by the rules of this kind of entity, and says what it relies on.
     *
     * @return streams that the new facts depend on, besides {@link Event#references()}
     * @throws Rejection if a rule forbids it
     */
    protected abstract List<StreamId> check(Decision<S> decision, Neighbours neighbours);

    /**
     * A fact that is to come was judged beside facts of the same change set that hold from the
     * commit on; so the commit must not come after it.
     */
    private static long boundOf(long effectiveAt, long now) {
        return effectiveAt > now ? effectiveAt : Timeline.FOR_EVER;
    }

    private static Map<String, Object> metadata(
            @Nullable Long effectiveAt, long recordedBefore, List<StreamId> references) {
        if (effectiveAt != null && recordedBefore == Timeline.FOR_EVER && references.isEmpty()) {
            return Map.of(EventMetadata.EFFECTIVE_AT, effectiveAt);
        }
        Map<String, Object> metadata = new HashMap<>(4);
        if (effectiveAt != null) {
            metadata.put(EventMetadata.EFFECTIVE_AT, effectiveAt);
        }
        if (recordedBefore != Timeline.FOR_EVER) {
            metadata.put(EventMetadata.RECORDED_BEFORE, recordedBefore);
        }
        if (!references.isEmpty()) {
            metadata.put(EventMetadata.REFERENCES, references);
        }
        return metadata;
    }

    /** Takes an event of the past; those being recorded are already in the decision. */
    @EventSourcingHandler
    void on(Event event, DomainEventMessage<?> message) {
        if (recording) {
            return;
        }
        stream = message.getAggregateIdentifier();
        long effectiveAt =
                message.getMetaData().get(EventMetadata.EFFECTIVE_AT) instanceof Long explicit
                        ? explicit
                        : Microseconds.ofClock(message.getTimestamp());
        recorded = recorded.append(event, effectiveAt);
        timeline = recorded;
    }

    /** The last sequence number before this change set; -1 if nothing was recorded. */
    final long recordedNumber() {
        return recorded.nextSequenceNumber() - 1;
    }

    /** Whether the entity was in the register at an instant, by what was recorded before. */
    final boolean recordedPresent(long instant) {
        return recorded.at(instant).present();
    }

    final boolean changed() {
        return !fresh.isEmpty();
    }

    /** The timeline as it is once the change set is committed at this time. */
    final Timeline<S> committedAt(long recordedAt) {
        Timeline<S> committed = recorded;
        for (Fresh each : fresh) {
            committed =
                    committed.append(
                            each.event(),
                            each.effectiveAt() == null ? recordedAt : each.effectiveAt());
        }
        return committed;
    }

    /**
     * The timeline as it is once the change set is committed, whenever that is. Of a timeless
     * entity, a fact without an effective time has that of the decision.
     */
    final Timeline<S> whenCommitted() {
        if (!timeline.fold().timeless()
                && fresh.stream().anyMatch(each -> each.effectiveAt() == null)) {
            throw new IllegalStateException(
                    "Only facts with an effective time can be built on before they are durable: "
                            + stream);
        }
        return timeline;
    }
}
