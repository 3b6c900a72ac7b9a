package dev.cadastre.command.shared;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.ChangeSet.Condition;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The neighbours as the current unit of work sees them. */
final class ScopedNeighbours implements Neighbours {

    private final EventLog log;
    private final Timelines timelines;
    private final QueuedChangeSets queued;
    private final Clock clock;

    ScopedNeighbours(EventLog log, Timelines timelines, QueuedChangeSets queued, Clock clock) {
        this.log = log;
        this.timelines = timelines;
        this.queued = queued;
        this.clock = clock;
    }

    @Override
    public long now() {
        long reading = Microseconds.ofClock(clock.instant());
        long recordedAt = log.head().recordedAt();
        return CommandScope.current().notBefore(recordedAt < reading ? reading : recordedAt + 1);
    }

    @Override
    public Timeline<?> timeline(StreamId stream) {
        CommandScope scope = CommandScope.current();
        String text = stream.toString();
        TimelineAggregate<?> own = scope.loaded(text);
        return own != null ? own.timeline() : scope.look(text, timelines::look).timeline();
    }

    @Override
    public Known known(StreamId stream, Knowledge at) {
        return switch (at) {
            case Knowledge.RecordedBy(long instant) ->
                    new Known(
                            log.stream(stream.toString(), 0).stream()
                                    .takeWhile(event -> event.envelope().recordedAt() <= instant)
                                    .count(),
                            instant);
            case Knowledge.UpTo(long position) -> upTo(stream, position);
        };
    }

    private Known upTo(StreamId stream, long position) {
        Envelope last =
                log.event(position)
                        .map(StoredEvent::envelope)
                        .orElseThrow(
                                () ->
                                        new Rejection.NotAllowed(
                                                "/knownAt",
                                                "Position "
                                                        + position
                                                        + " lies behind the end of the log, whose"
                                                        + " last position is "
                                                        + (log.head().size() - 1)
                                                        + "."));
        // A change set is known as a whole, wherever in it the position lies.
        long events =
                log.stream(stream.toString(), 0).stream()
                        .takeWhile(
                                stored ->
                                        stored.position() <= position
                                                || stored.envelope()
                                                        .changeSet()
                                                        .equals(last.changeSet()))
                        .count();
        return new Known(events, last.recordedAt());
    }

    @Override
    public void rely(StreamId stream, List<String> types) {
        CommandScope scope = CommandScope.current();
        String text = stream.toString();
        TimelineAggregate<?> own = scope.loaded(text);
        long next =
                own != null
                        ? own.recordedNumber() + 1
                        : scope.look(text, timelines::look).timeline().nextSequenceNumber();
        scope.changeSet().require(new Condition.NoEventFrom(text, types, next));
    }

    @Override
    public List<StreamId> referencing(StreamId stream) {
        CommandScope scope = CommandScope.current();
        String text = stream.toString();
        queued.awaitThoseThatReferTo(text);
        scope.changeSet().require(new Condition.NoReferenceAfter(text, log.head().size() - 1));
        Set<StreamId> referencing = new LinkedHashSet<>(scope.referencing(text));
        for (String each : log.referencing(text)) {
            StreamId from = StreamId.parse(each);
            if (referencing.add(from)
                    && scope.loaded(each) == null
                    && scope.look(each, timelines::look).queued()) {
                // That it points here no more may rest on facts that never become durable.
                rely(from, List.of());
            }
        }
        return List.copyOf(referencing);
    }

    @Override
    public List<StreamId> claimants(String value) {
        CommandScope scope = CommandScope.current();
        Set<StreamId> streams = new LinkedHashSet<>();
        for (ClaimRecord claim : claims(scope, value)) {
            streams.add(StreamId.parse(claim.stream()));
        }
        streams.addAll(scope.changeSet().claimants(value));
        return List.copyOf(streams);
    }

    @Override
    public void claim(String value, StreamId stream) {
        CommandScope scope = CommandScope.current();
        scope.claim(value, claims(scope, value).size(), stream);
    }

    private List<ClaimRecord> claims(CommandScope scope, String value) {
        return scope.claims(
                value,
                each -> {
                    queued.awaitThoseThatClaim(each);
                    return log.claims(each);
                });
    }
}
