package dev.cadastre.command.imports.model;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A log on trial: what is appended can be read back and is gone with this object; beneath it is the
 * real log, which it only reads. For a dry run, which uses it from one thread: it takes what the
 * rules allow without looking for races. Holds what it takes in memory, hence its limit.
 */
final class TrialLog implements EventLog {

    /** How many events a dry run may judge. */
    static final int LARGEST = 250_000;

    private static final byte[] NONE = new byte[0];

    private final EventLog log;
    private final LogHead began;
    private final Map<String, List<StoredEvent>> streams = new HashMap<>();
    private final Map<String, KeyRecord> keys = new HashMap<>();
    private final Map<String, List<ClaimRecord>> claims = new HashMap<>();

    /** Of each stream, the streams that reference it, with the position of the last such event. */
    private final Map<String, Map<String, Long>> referencing = new HashMap<>();

    private LogHead head;

    TrialLog(EventLog log) {
        this.log = log;
        this.began = log.head();
        this.head = began;
    }

    @Override
    public CompletableFuture<Committed> append(ChangeSet changeSet) {
        int count = changeSet.events().size();
        if (head.size() - began.size() + count > LARGEST) {
            return CompletableFuture.failedFuture(
                    new LogException.TooLarge(
                            "A dry run judges 250,000 events at most. Judge a shorter file."));
        }
        long position = head.size();
        long recordedAt = Math.max(0, head.recordedAt() + 1);
        for (int i = 0; i < count; i++) {
            add(changeSet, changeSet.events().get(i), position + i, recordedAt);
        }
        Committed committed = new Committed(position, position + count - 1, recordedAt);
        if (changeSet.key() != null) {
            String text = changeSet.key().text();
            keys.put(text, new KeyRecord(text, changeSet.key().digest(), committed.lastPosition()));
        }
        for (ChangeSet.Claim claim : changeSet.claims()) {
            claims.computeIfAbsent(claim.value(), _ -> new ArrayList<>())
                    .add(
                            new ClaimRecord(
                                    claim.value(),
                                    claim.count(),
                                    position + claim.event(),
                                    changeSet.events().get(claim.event()).stream()));
        }
        head = new LogHead(position + count, position, recordedAt, head.commitHash(), head.root());
        return CompletableFuture.completedFuture(committed);
    }

    private void add(ChangeSet changeSet, ProposedEvent event, long position, long recordedAt) {
        Envelope envelope =
                new Envelope(
                        event.id(),
                        event.type(),
                        event.revision(),
                        event.stream(),
                        event.sequenceNumber(),
                        recordedAt,
                        event.effectiveAt() == null ? recordedAt : event.effectiveAt(),
                        changeSet.principal(),
                        changeSet.actor(),
                        changeSet.id(),
                        changeSet.source(),
                        NONE,
                        NONE);
        streams.computeIfAbsent(event.stream(), _ -> new ArrayList<>())
                .add(
                        new StoredEvent(
                                position,
                                envelope,
                                NONE,
                                event.payload(),
                                changeSet.metadata(),
                                NONE));
        for (String reference : event.references()) {
            referencing
                    .computeIfAbsent(reference, _ -> new LinkedHashMap<>())
                    .put(event.stream(), position);
        }
    }

    @Override
    public LogHead head() {
        return head;
    }

    @Override
    public List<StoredEvent> stream(String stream, long fromSequenceNumber) {
        List<StoredEvent> events = new ArrayList<>(log.stream(stream, fromSequenceNumber));
        for (StoredEvent event : streams.getOrDefault(stream, List.of())) {
            if (event.envelope().sequenceNumber() >= fromSequenceNumber) {
                events.add(event);
            }
        }
        return events;
    }

    @Override
    public StreamHead streamHead(String stream) {
        List<StoredEvent> events = streams.get(stream);
        return events == null
                ? log.streamHead(stream)
                : new StreamHead(
                        events.getLast().envelope().sequenceNumber() + 1,
                        events.getLast().position());
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        return Optional.ofNullable(keys.get(text)).or(() -> log.key(text));
    }

    @Override
    public List<ClaimRecord> claims(String value) {
        List<ClaimRecord> all = new ArrayList<>(log.claims(value));
        all.addAll(claims.getOrDefault(value, List.of()));
        return all;
    }

    @Override
    public List<String> referencing(String stream, long afterPosition) {
        Set<String> all = new LinkedHashSet<>(log.referencing(stream, afterPosition));
        referencing
                .getOrDefault(stream, Map.of())
                .forEach(
                        (by, lastPosition) -> {
                            if (lastPosition > afterPosition) {
                                all.add(by);
                            }
                        });
        return List.copyOf(all);
    }

    /** What is on trial is in no commit. */
    @Override
    public List<Commit> commits(long fromPosition, int maxEvents) {
        return log.commits(fromPosition, maxEvents);
    }

    @Override
    public Optional<StoredEvent> event(long position) {
        return log.event(position);
    }

    @Override
    public Registration onCommit(Runnable bell) {
        return log.onCommit(bell);
    }

    @Override
    public Optional<String> readOnlyReason() {
        return Optional.empty();
    }

    /** Leaves the real log open. */
    @Override
    public void close() {}
}
