package dev.cadastre.eventstore.axon;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Axon's storage engine over the log. The aggregate identifier is the text form of the stream id;
 * the tracking token of an event is its position. Appends are gathered by the {@link
 * ChangeSetContext} of the root unit of work; without one, each call is a change set of its own,
 * whose origin is the first event's metadata. Aggregate snapshots are not stored: aggregates are
 * rebuilt from a cache or from their stream.
 */
public final class LogEventStorageEngine implements EventStorageEngine {

    private static final int PAGE = 1_000;

    private final EventLog log;

    public LogEventStorageEngine(EventLog log) {
        this.log = log;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        ChangeSetContext context = ChangeSetContext.current();
        if (context == null) {
            context = ChangeSetContext.detached(originOf(events.getFirst().getMetaData()));
        }
        context.add(events, log);
    }

    private static Origin originOf(MetaData metadata) {
        String principal = text(metadata, EventMetadata.PRINCIPAL, "system");
        return new Origin(
                principal,
                text(metadata, EventMetadata.ACTOR, principal),
                text(metadata, EventMetadata.SOURCE, "system"),
                new StoredMetadata(
                        (String) metadata.get(EventMetadata.REASON),
                        (String) metadata.get(EventMetadata.CHANGE),
                        (String) metadata.get(EventMetadata.CORRELATION),
                        (String) metadata.get(EventMetadata.CAUSATION),
                        (String) metadata.get(EventMetadata.TRACE)),
                null);
    }

    private static String text(MetaData metadata, String name, String otherwise) {
        return metadata.get(name) instanceof String text ? text : otherwise;
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("Aggregate snapshots are not stored.");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }

    /** Whole commits after the token, up to the durable end of the log; never waits. */
    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken trackingToken, boolean mayBlock) {
        long after = positionOf(trackingToken);
        return Stream.iterate(
                        log.commits(after + 1, PAGE),
                        commits -> !commits.isEmpty(),
                        commits -> log.commits(commits.getLast().lastPosition() + 1, PAGE))
                .flatMap(List::stream)
                .map(Commit::events)
                .flatMap(List::stream)
                .filter(event -> event.position() > after)
                .map(StoredEventMessages::tracked);
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        List<StoredEvent> events = log.stream(aggregateIdentifier, firstSequenceNumber);
        return events.isEmpty()
                ? DomainEventStream.empty()
                : DomainEventStream.of(events.stream().map(StoredEventMessages::domainEvent));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        long next = log.streamHead(aggregateIdentifier).nextSequenceNumber();
        return next == 0 ? Optional.empty() : Optional.of(next - 1);
    }

    /** Null: before the first event. */
    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return tokenBefore(log.head().size());
    }

    /** The token after which the commits recorded at or after the instant are read. */
    @Override
    public @Nullable TrackingToken createTokenAt(Instant instant) {
        long recordedAt = Microseconds.ofClock(instant);
        long low = 0;
        long high = log.head().size();
        while (low < high) {
            Commit middle = log.commits((low + high) >>> 1, 1).getFirst();
            if (middle.recordedAt() < recordedAt) {
                low = middle.lastPosition() + 1;
            } else {
                high = middle.position();
            }
        }
        return tokenBefore(low);
    }

    private static @Nullable TrackingToken tokenBefore(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }

    private static long positionOf(@Nullable TrackingToken token) {
        return switch (token) {
            case null -> -1;
            case GlobalSequenceTrackingToken position -> position.getGlobalIndex();
            default -> throw new IllegalArgumentException("Not a token of this log: " + token);
        };
    }
}
