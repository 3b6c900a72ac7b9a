package dev.cadastre.eventstore.conformance;

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

/** Takes everything, keeps nothing. */
final class NoOpLog implements EventLog {

    @Override
    public CompletableFuture<Committed> append(ChangeSet changeSet) {
        return CompletableFuture.completedFuture(
                new Committed(0, changeSet.events().size() - 1, 0));
    }

    @Override
    public LogHead head() {
        return new LogHead(0, -1, Long.MIN_VALUE, new byte[32], new byte[32]);
    }

    @Override
    public List<Commit> commits(long fromPosition, int maxEvents) {
        return List.of();
    }

    @Override
    public List<StoredEvent> stream(String stream, long fromSequenceNumber) {
        return List.of();
    }

    @Override
    public StreamHead streamHead(String stream) {
        return StreamHead.NONE;
    }

    @Override
    public Optional<StoredEvent> event(long position) {
        return Optional.empty();
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        return Optional.empty();
    }

    @Override
    public List<ClaimRecord> claims(String value) {
        return List.of();
    }

    @Override
    public List<String> referencing(String stream, long afterPosition) {
        return List.of();
    }

    @Override
    public Registration onCommit(Runnable bell) {
        return () -> {};
    }

    @Override
    public Optional<String> readOnlyReason() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
