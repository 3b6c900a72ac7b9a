package dev.cadastre.query.register.projection;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A real log in which somebody changed a commit: from a position on, the chain is broken. */
record BrokenChain(EventLog log, long from) implements EventLog {

    @Override
    public List<Commit> commits(long fromPosition, int maxEvents) {
        return log.commits(fromPosition, maxEvents).stream().map(this::tampered).toList();
    }

    private Commit tampered(Commit commit) {
        return commit.lastPosition() < from
                ? commit
                : new Commit(
                        commit.position(),
                        new byte[32],
                        commit.root(),
                        commit.recordedAt(),
                        commit.id(),
                        commit.epoch(),
                        commit.events());
    }

    @Override
    public CompletableFuture<Committed> append(ChangeSet changeSet) {
        return log.append(changeSet);
    }

    @Override
    public LogHead head() {
        return log.head();
    }

    @Override
    public List<StoredEvent> stream(String stream, long fromSequenceNumber) {
        return log.stream(stream, fromSequenceNumber);
    }

    @Override
    public StreamHead streamHead(String stream) {
        return log.streamHead(stream);
    }

    @Override
    public Optional<StoredEvent> event(long position) {
        return log.event(position);
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        return log.key(text);
    }

    @Override
    public List<ClaimRecord> claims(String value) {
        return log.claims(value);
    }

    @Override
    public List<String> referencing(String stream, long afterPosition) {
        return log.referencing(stream, afterPosition);
    }

    @Override
    public Registration onCommit(Runnable bell) {
        return log.onCommit(bell);
    }

    @Override
    public Optional<String> readOnlyReason() {
        return log.readOnlyReason();
    }

    @Override
    public void close() {
        log.close();
    }
}
