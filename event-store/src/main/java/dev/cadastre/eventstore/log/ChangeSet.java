package dev.cadastre.eventstore.log;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded all or nothing and becomes visible all at once: the events of one command, one
 * correction, or one imported change.
 *
 * @param id a UUID that no other change set has; names it in every envelope
 * @param principal opaque id of who was authenticated
 * @param actor opaque id of who asked
 * @param source where the change came from, for example {@code http} or an import's source
 * @param metadata stored JSON of reason, change reference, correlation and so on; shared by all
 *     events
 * @param conditions re-checked in the slot, before the claims
 * @param claims counted claims of unique values, re-checked in the slot
 * @param key remembered for ever with the digest of the request, or null
 */
public record ChangeSet(
        UUID id,
        String principal,
        String actor,
        String source,
        byte[] metadata,
        List<ProposedEvent> events,
        List<Condition> conditions,
        List<Claim> claims,
        @Nullable Key key) {

    public ChangeSet {
        Objects.requireNonNull(id, "id");
        events = List.copyOf(events);
        conditions = List.copyOf(conditions);
        claims = List.copyOf(claims);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a change set holds at least one event");
        }
    }

    /** What must still hold of other streams when the change set takes its slot. */
    public sealed interface Condition {

        /**
         * The stream holds at least the events before the sequence number (so that one may build on
         * a change set that is queued and not yet durable), and no event of these types from it on.
         * Where the stream's next sequence number is this one, it holds without a look at the
         * events.
         *
         * @param types stable type names
         */
        record NoEventFrom(String stream, List<String> types, long sequenceNumber)
                implements Condition {
            public NoEventFrom {
                types = List.copyOf(types);
            }
        }

        /** No event that references the stream was recorded after the position. */
        record NoReferenceAfter(String stream, long position) implements Condition {}
    }

    /**
     * The claim number {@code count} (from 0) of a unique value. Whoever changes who holds a value
     * claims it; the log refuses a claim whose number is taken or would leave a gap.
     *
     * @param event index of the claiming event within the change set
     */
    public record Claim(String value, int count, int event) {}

    /**
     * An idempotency key. The log refuses a key it knows.
     *
     * @param digest SHA-256 of the request it stands for
     */
    public record Key(String text, byte[] digest) {}
}
