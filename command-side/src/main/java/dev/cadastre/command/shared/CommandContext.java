package dev.cadastre.command.shared;

import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.axon.Origin;
import dev.cadastre.eventstore.log.ChangeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, when it holds, and why.
 *
 * @param principal opaque id of who was authenticated
 * @param actor opaque id of who asks
 * @param source where it comes from, for example {@code http} or an import's source
 * @param effectiveAt microseconds since 1970, or null: when it is committed
 * @param reason free text
 * @param change reference to the change that is carried out
 * @param correlation names the exchange this belongs to
 * @param trace W3C trace parent
 * @param key remembered for ever with the digest of the request, unless nothing changes
 */
public record CommandContext(
        String principal,
        String actor,
        String source,
        @Nullable Long effectiveAt,
        @Nullable String reason,
        @Nullable String change,
        @Nullable String correlation,
        @Nullable String trace,
        ChangeSet.@Nullable Key key) {

    /** Somebody who acts for themselves, now, and gives no reason. */
    public static CommandContext of(String principal, String source) {
        return new CommandContext(principal, principal, source, null, null, null, null, null, null);
    }

    public CommandContext effectiveAt(@Nullable Long microseconds) {
        return new CommandContext(
                principal, actor, source, microseconds, reason, change, correlation, trace, key);
    }

    public CommandContext because(@Nullable String newReason, @Nullable String newChange) {
        return new CommandContext(
                principal,
                actor,
                source,
                effectiveAt,
                newReason,
                newChange,
                correlation,
                trace,
                key);
    }

    public CommandContext by(String newActor) {
        return new CommandContext(
                principal, newActor, source, effectiveAt, reason, change, correlation, trace, key);
    }

    public CommandContext under(ChangeSet.@Nullable Key newKey) {
        return new CommandContext(
                principal, actor, source, effectiveAt, reason, change, correlation, trace, newKey);
    }

    Origin origin() {
        return new Origin(
                principal,
                actor,
                source,
                new StoredMetadata(reason, change, correlation, null, trace),
                key);
    }
}
