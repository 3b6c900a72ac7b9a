package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ChangeSet.Claim;
import dev.cadastre.eventstore.log.ChangeSet.Condition;
import dev.cadastre.eventstore.log.ChangeSet.Condition.NoEventFrom;
import dev.cadastre.eventstore.log.ChangeSet.Condition.NoReferenceAfter;
import dev.cadastre.eventstore.log.ChangeSet.Key;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.ClaimConflict;
import dev.cadastre.eventstore.log.LogException.ConditionFailed;
import dev.cadastre.eventstore.log.LogException.KeyTaken;
import dev.cadastre.eventstore.log.LogException.SequenceConflict;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One commit being put together. Each change set is judged by all that lies before it: what is
 * durable, and what this commit took in already. A refused one leaves no trace.
 */
final class Slot {

    private final SlotLookups lookups;
    private final KnownHeads durableHeads;
    private final long position;
    private final long recordedAt;

    private final List<PlacedChangeSet> taken = new ArrayList<>();
    private final Map<String, StreamHead> heads = new HashMap<>();
    private final Map<String, Long> references = new HashMap<>();
    private final Map<String, Integer> claims = new HashMap<>();
    private final Map<String, KeyRecord> keys = new HashMap<>();
    private int events;

    Slot(SlotLookups lookups, KnownHeads durableHeads, long position, long recordedAt) {
        this.lookups = lookups;
        this.durableHeads = durableHeads;
        this.position = position;
        this.recordedAt = recordedAt;
    }

    long recordedAt() {
        return recordedAt;
    }

    int events() {
        return events;
    }

    List<PlacedChangeSet> taken() {
        return taken;
    }

    Map<String, StreamHead> heads() {
        return heads;
    }

    /**
     * Takes a change set in.
     *
     * @throws LogException saying why it is refused
     */
    PlacedChangeSet take(PreparedChangeSet prepared) {
        ChangeSet changeSet = prepared.changeSet();
        long first = position + events;
        checkKey(changeSet.key());
        Map<String, StreamHead> newHeads = checkSequence(changeSet.events(), first);
        changeSet.conditions().forEach(this::checkCondition);
        Map<String, Integer> newClaims = checkClaims(changeSet.claims());
        changeSet.events().forEach(this::checkRecordedTime);

        heads.putAll(newHeads);
        claims.putAll(newClaims);
        for (int i = 0; i < prepared.events(); i++) {
            for (String reference : changeSet.events().get(i).references()) {
                references.put(reference, first + i);
            }
        }
        events += prepared.events();
        Key key = changeSet.key();
        if (key != null) {
            keys.put(key.text(), new KeyRecord(key.text(), key.digest(), position + events - 1));
        }
        PlacedChangeSet placed = prepared.placedAt(first, recordedAt);
        taken.add(placed);
        return placed;
    }

    private void checkKey(@Nullable Key key) {
        if (key == null) {
            return;
        }
        Optional<KeyRecord> known =
                Optional.ofNullable(keys.get(key.text())).or(() -> lookups.key(key.text()));
        if (known.isPresent()) {
            throw new KeyTaken(known.get());
        }
    }

    private Map<String, StreamHead> checkSequence(List<ProposedEvent> proposed, long first) {
        Map<String, StreamHead> newHeads = HashMap.newHashMap(Math.min(proposed.size(), 1_000));
        for (int i = 0; i < proposed.size(); i++) {
            ProposedEvent event = proposed.get(i);
            StreamHead head = newHeads.get(event.stream());
            if (head == null) {
                head = headOf(event.stream());
            }
            if (event.sequenceNumber() != head.nextSequenceNumber()) {
                throw new SequenceConflict(
                        event.stream(), event.sequenceNumber(), head.nextSequenceNumber());
            }
            newHeads.put(event.stream(), new StreamHead(event.sequenceNumber() + 1, first + i));
        }
        return newHeads;
    }

    private StreamHead headOf(String stream) {
        StreamHead head = heads.get(stream);
        return head == null ? durableHeads.of(stream) : head;
    }

    private void checkCondition(Condition condition) {
        boolean holds =
                switch (condition) {
                    case NoEventFrom it -> holds(it);
                    case NoReferenceAfter it -> lastReference(it.stream()) <= it.position();
                };
        if (!holds) {
            throw new ConditionFailed(condition);
        }
    }

    private boolean holds(NoEventFrom condition) {
        long next = headOf(condition.stream()).nextSequenceNumber();
        if (next <= condition.sequenceNumber()) {
            return next == condition.sequenceNumber();
        }
        return !takenIn(condition)
                && !lookups.holdsEventFrom(
                        condition.stream(), condition.types(), condition.sequenceNumber());
    }

    private boolean takenIn(NoEventFrom condition) {
        if (!heads.containsKey(condition.stream())) {
            return false;
        }
        return taken.stream()
                .flatMap(placed -> placed.changeSet().events().stream())
                .anyMatch(
                        event ->
                                event.stream().equals(condition.stream())
                                        && event.sequenceNumber() >= condition.sequenceNumber()
                                        && condition.types().contains(event.type()));
    }

    private long lastReference(String stream) {
        Long here = references.get(stream);
        return here == null ? lookups.lastReference(stream) : here;
    }

    private Map<String, Integer> checkClaims(List<Claim> proposed) {
        if (proposed.isEmpty()) {
            return Map.of();
        }
        Map<String, Integer> next = new HashMap<>();
        for (Claim claim : proposed) {
            Integer free = next.get(claim.value());
            if (free == null) {
                free = claims.get(claim.value());
            }
            if (free == null) {
                free = lookups.nextClaim(claim.value());
            }
            if (claim.count() != free) {
                throw new ClaimConflict(claim.value(), claim.count(), free);
            }
            next.put(claim.value(), free + 1);
        }
        return next;
    }

    private void checkRecordedTime(ProposedEvent event) {
        if (event.effectiveAt() == null && recordedAt >= event.recordedBefore()) {
            throw new ConditionFailed(
                    "The log would record at "
                            + recordedAt
                            + ", not before "
                            + event.recordedBefore()
                            + ", as decided. Decide anew.");
        }
    }
}
