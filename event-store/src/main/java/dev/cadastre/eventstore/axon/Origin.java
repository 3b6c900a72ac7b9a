package dev.cadastre.eventstore.axon;

import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.ChangeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whence a change set comes.
 *
 * @param principal opaque id of who was authenticated
 * @param actor opaque id of who asked
 * @param source where the change came from, for example {@code http} or an import's source
 * @param key remembered for ever with the digest of the request, or null
 */
public record Origin(
        String principal,
        String actor,
        String source,
        StoredMetadata metadata,
        ChangeSet.@Nullable Key key) {}
