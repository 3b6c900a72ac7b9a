package dev.cadastre.eventstore.axon;

import dev.cadastre.events.Event;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The change set that a root unit of work is gathering: whatever is appended inside it, by however
 * many commands, is recorded all or nothing when it commits. A resource of the root unit of work;
 * used by one thread.
 */
public final class ChangeSetContext {

    /** Whether the unit of work's commit waits. */
    public enum Mode {
        /** The commit returns when the change set is durable. */
        DURABLE,
        /**
         * The commit returns when the change set is handed to the log's writer; {@link #outcome()}
         * tells the rest.
         */
        QUEUED
    }

    private static final String RESOURCE = ChangeSetContext.class.getName();

    private final UUID id = TimeOrderedIdentifiers.next();
    private final Origin origin;
    private final Mode mode;
    private final List<ProposedEvent> events = new ArrayList<>(4);
    private final Map<String, Integer> lastEventOf = new HashMap<>();
    private final Set<ChangeSet.Condition> conditions = new LinkedHashSet<>();
    private final List<PendingClaim> claims = new ArrayList<>(0);
    private @Nullable CompletableFuture<Committed> outcome;
    private boolean willAppend;
    private long recordedBefore = Long.MAX_VALUE;

    private record PendingClaim(String value, int count, String stream) {}

    private ChangeSetContext(Origin origin, Mode mode) {
        this.origin = origin;
        this.mode = mode;
    }

    /** Makes the root unit of work gather a change set of this origin. */
    public static ChangeSetContext attach(UnitOfWork<?> unitOfWork, Origin origin, Mode mode) {
        ChangeSetContext context = new ChangeSetContext(origin, mode);
        unitOfWork.root().resources().put(RESOURCE, context);
        return context;
    }

    /** A change set outside any unit of work that gathers one. */
    static ChangeSetContext detached(Origin origin) {
        return new ChangeSetContext(origin, Mode.DURABLE);
    }

    /** The change set of the current root unit of work, or null if none gathers one. */
    public static @Nullable ChangeSetContext current() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get().root().getResource(RESOURCE)
                : null;
    }

    public UUID id() {
        return id;
    }

    public Origin origin() {
        return origin;
    }

    /** Adds what must still hold of other streams when the change set takes its slot. */
    public void require(ChangeSet.Condition condition) {
        conditions.add(condition);
    }

    /**
     * Claims a unique value for the last event that this change set appends to the stream.
     *
     * @param count number of claims of the value known to the decision, this change set's own
     *     earlier ones among them
     */
    public void claim(String value, int count, StreamId stream) {
        claims.add(new PendingClaim(value, count, stream.toString()));
    }

    /** The streams whose events in this change set have claimed the value, in order. */
    public List<StreamId> claimants(String value) {
        if (claims.isEmpty()) {
            return List.of();
        }
        return claims.stream()
                .filter(claim -> claim.value().equals(value))
                .map(claim -> StreamId.parse(claim.stream()))
                .toList();
    }

    /**
     * How the append went; null while nothing was handed to the log, thus for ever if the unit of
     * work recorded no event.
     */
    public @Nullable CompletableFuture<Committed> outcome() {
        return outcome;
    }

    /** The index within the change set of each stream's last event, as gathered so far. */
    public Map<String, Integer> lastEvents() {
        return Collections.unmodifiableMap(lastEventOf);
    }

    void add(List<? extends EventMessage<?>> messages, EventLog log) {
        for (EventMessage<?> message : messages) {
            if (!(message instanceof DomainEventMessage<?> domainEvent
                    && domainEvent.getPayload() instanceof Event event)) {
                throw new IllegalArgumentException(
                        "Only events of an aggregate can be stored, not "
                                + message.getPayloadType().getName());
            }
            add(domainEvent, event);
        }
        if (!willAppend) {
            willAppend = true;
            if (CurrentUnitOfWork.isStarted()) {
                CurrentUnitOfWork.get().root().onCommit(root -> append(log));
            } else {
                append(log);
            }
        }
    }

    private void add(DomainEventMessage<?> message, Event event) {
        Map<String, Object> metadata = message.getMetaData();
        EventJson.Type type = EventJson.typeOf(event);
        String stream = message.getAggregateIdentifier();
        lastEventOf.put(stream, events.size());
        if (metadata.get(EventMetadata.RECORDED_BEFORE) instanceof Long bound) {
            recordedBefore = Math.min(recordedBefore, bound);
        }
        events.add(
                new ProposedEvent(
                        stream,
                        message.getSequenceNumber(),
                        UUID.fromString(message.getIdentifier()),
                        type.name(),
                        type.revision(),
                        EventJson.write(event),
                        (Long) metadata.get(EventMetadata.EFFECTIVE_AT),
                        Long.MAX_VALUE,
                        references(event, metadata)));
    }

    @SuppressWarnings("unchecked")
    private static List<String> references(Event event, Map<String, Object> metadata) {
        List<StreamId> own = event.references();
        var more = (List<StreamId>) metadata.getOrDefault(EventMetadata.REFERENCES, List.of());
        if (own.isEmpty() && more.isEmpty()) {
            return List.of();
        }
        Set<String> references = new LinkedHashSet<>();
        own.forEach(reference -> references.add(reference.toString()));
        more.forEach(reference -> references.add(reference.toString()));
        return List.copyOf(references);
    }

    private void append(EventLog log) {
        CompletableFuture<Committed> appended = log.append(changeSet());
        outcome = appended;
        if (mode == Mode.DURABLE) {
            join(appended);
        }
    }

    private ChangeSet changeSet() {
        // The sequence number of an own event says more than a condition on its stream.
        conditions.removeIf(
                condition ->
                        condition instanceof ChangeSet.Condition.NoEventFrom other
                                && lastEventOf.containsKey(other.stream()));
        List<ChangeSet.Claim> numbered = new ArrayList<>(claims.size());
        for (PendingClaim claim : claims) {
            Integer event = lastEventOf.get(claim.stream());
            if (event == null) {
                throw new IllegalStateException(
                        "No event of " + claim.stream() + " claims " + claim.value());
            }
            numbered.add(new ChangeSet.Claim(claim.value(), claim.count(), event));
        }
        return new ChangeSet(
                id,
                origin.principal(),
                origin.actor(),
                origin.source(),
                origin.metadata().toJson(),
                boundTogether(),
                List.copyOf(conditions),
                numbered,
                origin.key());
    }

    /**
     * The events; those that hold from the commit on under the narrowest bound of all, since they
     * were judged beside each other.
     */
    private List<ProposedEvent> boundTogether() {
        if (recordedBefore == Long.MAX_VALUE) {
            return events;
        }
        return events.stream()
                .map(
                        event ->
                                event.effectiveAt() == null
                                        ? event.recordedBefore(recordedBefore)
                                        : event)
                .toList();
    }

    /** Waits; throws the log's own exception. */
    public static Committed join(CompletableFuture<Committed> appended) {
        try {
            return appended.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogException refusal) {
                throw refusal;
            }
            throw e;
        }
    }
}
