package dev.cadastre.query.register.projection;

import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.register.fold.Fact;
import dev.cadastre.query.register.kinds.RegisterKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A commit, with those of its events that tell of assets and CIs read.
 *
 * @param facts in the order of their positions
 */
record DecodedCommit(long lastPosition, long recordedAt, byte[] root, List<EntityFact> facts) {

    /** An event of one entity. */
    record EntityFact(RegisterKind kind, String stream, Fact fact) {}

    static DecodedCommit of(Commit commit) {
        List<EntityFact> facts = new ArrayList<>(commit.events().size());
        for (StoredEvent stored : commit.events()) {
            RegisterKind kind = RegisterKind.ofStream(stored.envelope().stream());
            if (kind != null) {
                facts.add(new EntityFact(kind, stored.envelope().stream(), fact(stored)));
            }
        }
        return new DecodedCommit(commit.lastPosition(), commit.recordedAt(), commit.root(), facts);
    }

    static Fact fact(StoredEvent stored) {
        Envelope envelope = stored.envelope();
        return new Fact(
                envelope.sequenceNumber(),
                stored.position(),
                envelope.recordedAt(),
                envelope.effectiveAt(),
                EventJson.read(envelope.type(), envelope.revision(), stored.payload()));
    }
}
