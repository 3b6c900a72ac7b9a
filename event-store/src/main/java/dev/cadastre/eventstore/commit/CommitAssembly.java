package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ChangeSet.Claim;
import dev.cadastre.eventstore.log.ChangeSet.Key;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts commits together again as they were inserted, from their events and what a store keeps
 * beside them. Not thread-safe.
 */
public final class CommitAssembly {

    private final Map<Long, List<String>> references = new HashMap<>();
    private final Map<Long, List<Claim>> claims = new HashMap<>();
    private final Map<Long, Key> keys = new HashMap<>();

    /** The event at the position references a stream. */
    public void reference(long position, String stream) {
        references.computeIfAbsent(position, _ -> new ArrayList<>(2)).add(stream);
    }

    /** The event at the position claims a value. */
    public void claim(long position, String value, int count) {
        // The place within the change set is known only when that is.
        claims.computeIfAbsent(position, _ -> new ArrayList<>(1)).add(new Claim(value, count, 0));
    }

    /** The change set that ends at the position has a key. */
    public void key(long lastPosition, String text, byte[] digest) {
        keys.put(lastPosition, new Key(text, digest));
    }

    /** The whole commit, without tiles. */
    public ReadyCommit whole(Commit commit) {
        List<PlacedChangeSet> changeSets = new ArrayList<>();
        List<StoredEvent> events = commit.events();
        int from = 0;
        for (int i = 1; i <= events.size(); i++) {
            if (i == events.size() || beginsChangeSet(events.get(i - 1), events.get(i))) {
                changeSets.add(changeSet(events.subList(from, i)));
                from = i;
            }
        }
        return new ReadyCommit(
                commit.position(),
                events.size(),
                commit.previous(),
                commit.root(),
                commit.recordedAt(),
                commit.id(),
                commit.epoch(),
                changeSets,
                List.of());
    }

    private boolean beginsChangeSet(StoredEvent before, StoredEvent event) {
        Envelope one = before.envelope();
        Envelope other = event.envelope();
        return keys.containsKey(before.position())
                || !one.changeSet().equals(other.changeSet())
                || !one.principal().equals(other.principal())
                || !one.actor().equals(other.actor())
                || !one.source().equals(other.source())
                || !Arrays.equals(before.metadata(), event.metadata());
    }

    private PlacedChangeSet changeSet(List<StoredEvent> events) {
        long first = events.getFirst().position();
        List<ProposedEvent> proposed = new ArrayList<>(events.size());
        List<Claim> claimed = new ArrayList<>();
        byte[][] salts = new byte[events.size()][];
        byte[][] envelopes = new byte[events.size()][];
        for (int i = 0; i < salts.length; i++) {
            StoredEvent event = events.get(i);
            Envelope envelope = event.envelope();
            salts[i] = event.salt();
            envelopes[i] = event.envelopeBytes();
            proposed.add(
                    new ProposedEvent(
                            envelope.stream(),
                            envelope.sequenceNumber(),
                            envelope.id(),
                            envelope.type(),
                            envelope.revision(),
                            event.payload(),
                            envelope.effectiveAt(),
                            Long.MAX_VALUE,
                            references.getOrDefault(event.position(), List.of())));
            for (Claim claim : claims.getOrDefault(event.position(), List.of())) {
                claimed.add(new Claim(claim.value(), claim.count(), i));
            }
        }
        Envelope shared = events.getFirst().envelope();
        return new PlacedChangeSet(
                first,
                new ChangeSet(
                        shared.changeSet(),
                        shared.principal(),
                        shared.actor(),
                        shared.source(),
                        events.getFirst().metadata(),
                        proposed,
                        List.of(),
                        claimed,
                        keys.get(events.getLast().position())),
                salts,
                envelopes);
    }
}
