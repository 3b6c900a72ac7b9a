package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.List;

/**
 * A commit as far as another writer needs it to go on from there: no payloads, no metadata.
 *
 * @param envelopes as they were hashed, one for each event, in order
 */
public record CommitOutline(CommitHeader header, List<byte[]> envelopes) {

    /** The same commit without what another writer does not need. */
    static CommitOutline of(Commit commit) {
        return new CommitOutline(
                CommitHeader.of(commit),
                commit.events().stream().map(StoredEvent::envelopeBytes).toList());
    }
}
