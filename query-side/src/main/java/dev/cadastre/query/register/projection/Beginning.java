package dev.cadastre.query.register.projection;

import dev.cadastre.eventstore.commit.CommitHash;
import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.versions.store.TrackingToken;
import dev.cadastre.query.versions.store.VersionStore;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a projection begins with: what was saved, as far as the log agrees with it. What the log
 * does not know is dropped, never mixed with what it knows.
 *
 * @param index from its image, or empty
 * @param bodiesUntil position up to which the version store has the bodies; -1 for none
 * @param previous hash of the last commit in the index; 32 zero bytes for none
 */
record Beginning(TemporalIndex index, long bodiesUntil, byte[] previous) {

    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

    static Beginning of(EventLog log, VersionStore store, IndexImage image) {
        TrackingToken token = store.token();
        if (token.position() >= 0 && CommitsOfLog.awaitEndingAt(log, token, store.lead()) == null) {
            LOG.error(
                    "The version store is at position {}, where the log has another history or"
                            + " none. The bodies and the index are rebuilt from the log.",
                    token.position());
            store.clear();
            image.discard();
            token = TrackingToken.NOTHING;
        }
        long bodiesUntil = token.position();
        Optional<TemporalIndex> saved = image.load();
        if (saved.isPresent()) {
            TrackingToken reached = saved.get().read(Beginning::tokenOf);
            Commit last = reached.position() < 0 ? null : CommitsOfLog.endingAt(log, reached);
            if (last == null && reached.position() >= 0) {
                LOG.error(
                        "The index image is at position {}, where the log has another history or"
                                + " none. The index is rebuilt from the log.",
                        reached.position());
            } else if (reached.position() > bodiesUntil) {
                LOG.warn(
                        "The index image is at position {}, the version store at {}. The index is"
                                + " rebuilt from the log.",
                        reached.position(),
                        bodiesUntil);
            } else {
                return new Beginning(
                        saved.get(),
                        bodiesUntil,
                        last == null ? CommitHash.none() : CommitHeader.of(last).hash());
            }
        }
        return new Beginning(
                new TemporalIndex(RegisterKind.entityKinds()), bodiesUntil, CommitHash.none());
    }

    static TrackingToken tokenOf(View view) {
        return new TrackingToken(view.position(), view.root());
    }
}
