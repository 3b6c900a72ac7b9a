package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ChangeSet.Claim;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A change set on its way to the writer. All that needs no slot is done on the caller's thread:
 * bounds, salts, digests, and the envelopes but for their times.
 */
final class PreparedChangeSet {

    private static final SecureRandom SALTS = new SecureRandom();

    private final ChangeSet changeSet;
    private final byte[][] salts;
    private final byte[][] envelopes;
    private final long bytes;
    private final CompletableFuture<Committed> outcome = new CompletableFuture<>();

    private PreparedChangeSet(ChangeSet changeSet, byte[][] salts, byte[][] envelopes, long bytes) {
        this.changeSet = changeSet;
        this.salts = salts;
        this.envelopes = envelopes;
        this.bytes = bytes;
    }

    static PreparedChangeSet of(ChangeSet changeSet) {
        List<ProposedEvent> events = changeSet.events();
        long bytes = checkBounds(changeSet);
        checkIds(events);
        checkTexts(changeSet);
        byte[] principal = EnvelopeFormat.utf8("principal", changeSet.principal());
        byte[] actor = EnvelopeFormat.utf8("actor", changeSet.actor());
        byte[] source = EnvelopeFormat.utf8("source", changeSet.source());
        byte[] random = new byte[events.size() * SaltedDigest.SALT_BYTES];
        SALTS.nextBytes(random);
        SaltedDigest digest = new SaltedDigest();
        byte[][] salts = new byte[events.size()][];
        byte[][] envelopes = new byte[events.size()][];
        for (int i = 0; i < salts.length; i++) {
            ProposedEvent event = events.get(i);
            int from = i * SaltedDigest.SALT_BYTES;
            salts[i] = Arrays.copyOfRange(random, from, from + SaltedDigest.SALT_BYTES);
            envelopes[i] =
                    EnvelopeFormat.encode(
                            0,
                            0,
                            event.sequenceNumber(),
                            event.revision(),
                            event.id(),
                            changeSet.id(),
                            digest.of(salts[i], event.payload()),
                            digest.of(salts[i], changeSet.metadata()),
                            EnvelopeFormat.utf8("type", event.type()),
                            EnvelopeFormat.utf8("stream", event.stream()),
                            principal,
                            actor,
                            source);
            bytes += envelopes[i].length;
        }
        return new PreparedChangeSet(changeSet, salts, envelopes, bytes);
    }

    ChangeSet changeSet() {
        return changeSet;
    }

    int events() {
        return envelopes.length;
    }

    /** What it adds to a commit. */
    long bytes() {
        return bytes;
    }

    CompletableFuture<Committed> outcome() {
        return outcome;
    }

    PlacedChangeSet placedAt(long position, long recordedAt) {
        for (int i = 0; i < envelopes.length; i++) {
            Long effectiveAt = changeSet.events().get(i).effectiveAt();
            EnvelopeFormat.putTimes(
                    envelopes[i], recordedAt, effectiveAt == null ? recordedAt : effectiveAt);
        }
        return new PlacedChangeSet(position, changeSet, salts, envelopes);
    }

    private static long checkBounds(ChangeSet changeSet) {
        int events = changeSet.events().size();
        if (events > Limits.CHANGE_SET_EVENTS) {
            throw new LogException.TooLarge(
                    "The change set has %,d events; the log takes %,d."
                            .formatted(events, Limits.CHANGE_SET_EVENTS));
        }
        long bytes = changeSet.metadata().length;
        for (ProposedEvent event : changeSet.events()) {
            bytes += event.payload().length;
        }
        if (bytes > Limits.CHANGE_SET_BYTES) {
            throw new LogException.TooLarge(
                    "The change set has %,d bytes of payload and metadata; the log takes %,d."
                            .formatted(bytes, Limits.CHANGE_SET_BYTES));
        }
        return bytes;
    }

    private static void checkIds(List<ProposedEvent> events) {
        if (events.size() == 1) {
            return;
        }
        Set<UUID> ids = HashSet.newHashSet(events.size());
        for (ProposedEvent event : events) {
            if (!ids.add(event.id())) {
                throw new IllegalArgumentException("two events have the id " + event.id());
            }
        }
    }

    private static void checkTexts(ChangeSet changeSet) {
        for (ProposedEvent event : changeSet.events()) {
            for (String reference : event.references()) {
                EnvelopeFormat.utf8("reference", reference);
            }
        }
        for (Claim claim : changeSet.claims()) {
            EnvelopeFormat.utf8("claim", claim.value());
            if (claim.event() < 0 || claim.event() >= changeSet.events().size()) {
                throw new IllegalArgumentException("claim of an absent event: " + claim);
            }
        }
        if (changeSet.key() != null) {
            EnvelopeFormat.utf8("key", changeSet.key().text());
        }
    }
}
