package dev.cadastre.command.shared;

import dev.cadastre.command.shared.TimelineAggregate.Recording;
import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.axon.ChangeSetContext;
import dev.cadastre.eventstore.log.ClaimRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt to record a change set has loaded, looked at and decided. What was looked at
 * once is not looked at again, so that all decisions of the attempt rest on the same.
 */
final class CommandScope {

    private static final String RESOURCE = CommandScope.class.getName();

    private final ChangeSetContext changeSet;
    private final Map<String, Precondition> preconditions;
    private final Map<String, TimelineAggregate<?>> loaded = new LinkedHashMap<>(4);
    private final Map<String, Timelines.Look> looks = new HashMap<>(4);
    private final Map<String, List<ClaimRecord>> claims = new HashMap<>(0);
    private final Map<String, Set<StreamId>> references = new HashMap<>(4);
    private final Set<String> claimed = new HashSet<>(0);
    private long now = Long.MIN_VALUE;

    /**
     * @param preconditions what the caller insists on, by stream
     */
    CommandScope(ChangeSetContext changeSet, Map<String, Precondition> preconditions) {
        this.changeSet = changeSet;
        this.preconditions = preconditions;
    }

    void attachTo(UnitOfWork<?> root) {
        root.resources().put(RESOURCE, this);
    }

    /** The scope of the current root unit of work, or null in a unit of work of somebody else. */
    static @Nullable CommandScope currentOrNull() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get().root().getResource(RESOURCE)
                : null;
    }

    static CommandScope current() {
        CommandScope scope = currentOrNull();
        if (scope == null) {
            throw new IllegalStateException("Commands are sent through " + Commands.class);
        }
        return scope;
    }

    ChangeSetContext changeSet() {
        return changeSet;
    }

    /** Takes an aggregate, whose lock this thread has. */
    void load(String stream, TimelineAggregate<?> aggregate) {
        loaded.put(stream, aggregate);
    }

    /** Refuses if the loaded aggregate was not what the caller insists on. */
    void insist(StreamId target, Neighbours neighbours) {
        String stream = target.toString();
        Precondition precondition = preconditions.get(stream);
        TimelineAggregate<?> aggregate = loaded.get(stream);
        if (precondition != null && aggregate != null) {
            precondition.check(
                    target,
                    aggregate.recordedNumber(),
                    aggregate.recordedPresent(neighbours.now()));
        }
    }

    @Nullable TimelineAggregate<?> loaded(String stream) {
        return loaded.get(stream);
    }

    Map<String, TimelineAggregate<?>> loaded() {
        return loaded;
    }

    Timelines.Look look(String stream, Function<String, Timelines.Look> find) {
        return looks.computeIfAbsent(stream, find);
    }

    List<ClaimRecord> claims(String value, Function<String, List<ClaimRecord>> find) {
        return claims.computeIfAbsent(value, find);
    }

    void claim(String value, int known, StreamId stream) {
        changeSet.claim(value, known + changeSet.claimants(value).size(), stream);
        claimed.add(value);
    }

    Set<String> claimed() {
        return claimed;
    }

    void referTo(StreamId from, List<Recording> events, List<StreamId> more) {
        for (Recording each : events) {
            for (StreamId to : each.event().references()) {
                refer(from, to);
            }
        }
        for (StreamId to : more) {
            refer(from, to);
        }
    }

    private void refer(StreamId from, StreamId to) {
        references.computeIfAbsent(to.toString(), _ -> new LinkedHashSet<>(2)).add(from);
    }

    /** The streams with facts of this change set that depend on the given one. */
    Set<StreamId> referencing(String stream) {
        return references.getOrDefault(stream, Set.of());
    }

    Set<String> referenced() {
        return references.keySet();
    }

    /** All streams that the decisions rest on. */
    List<String> touched() {
        List<String> touched = new ArrayList<>(looks.keySet());
        touched.addAll(loaded.keySet());
        return touched;
    }

    /** The time of a decision; it never runs back within a change set. */
    long notBefore(long instant) {
        now = Math.max(now, instant);
        return now;
    }
}
