package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A store whose next insertions go wrong in chosen ways. */
final class FaultyStore implements CommitStore {

    /** How an insertion goes wrong. */
    interface Fault {
        Insertion insert(CommitStore store, ReadyCommit commit);
    }

    /** Nothing goes wrong. */
    static final Fault NONE = CommitStore::insert;

    /** The commit is stored, but nobody hears of it. */
    static final Fault ANSWER_LOST =
            (store, commit) -> {
                store.insert(commit);
                throw new UnknownOutcome("answer lost", new java.io.IOException());
            };

    /** The commit never reaches the store, and nobody knows. */
    static final Fault REQUEST_LOST =
            (store, commit) -> {
                throw new UnknownOutcome("request lost", new java.io.IOException());
            };

    /** The store says that it cannot. */
    static final Fault DISK_FULL =
            (store, commit) -> {
                throw new LogException.Unavailable("the disk is full", null);
            };

    private final CommitStore store;
    private final @Nullable SharedStore shared;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<UUID> inserted = new ArrayList<>();

    FaultyStore(CommitStore store) {
        this(store, null);
    }

    /** One that several processes share. */
    FaultyStore(CommitStore store, @Nullable SharedStore shared) {
        this.store = store;
        this.shared = shared;
    }

    @Override
    public Optional<SharedStore> shared() {
        return Optional.ofNullable(shared);
    }

    void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** The ids of all commits that the writer tried to insert, in order. */
    List<UUID> inserted() {
        return inserted;
    }

    @Override
    public Insertion insert(ReadyCommit commit) {
        inserted.add(commit.id());
        Fault fault = faults.poll();
        return fault == null ? store.insert(commit) : fault.insert(store, commit);
    }

    @Override
    public LogHead head() {
        return store.head();
    }

    @Override
    public StoreTail tail() {
        return store.tail();
    }

    @Override
    public List<Commit> commits(long fromPosition, int maxEvents) {
        return store.commits(fromPosition, maxEvents);
    }

    @Override
    public List<StoredEvent> stream(String stream, long fromSequenceNumber) {
        return store.stream(stream, fromSequenceNumber);
    }

    @Override
    public StreamHead streamHead(String stream) {
        return store.streamHead(stream);
    }

    @Override
    public Optional<StoredEvent> event(long position) {
        return store.event(position);
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        return store.key(text);
    }

    @Override
    public List<ClaimRecord> claims(String value) {
        return store.claims(value);
    }

    @Override
    public List<String> referencing(String stream, long afterPosition) {
        return store.referencing(stream, afterPosition);
    }

    @Override
    public SlotLookups inSlot() {
        return store.inSlot();
    }

    @Override
    public void close() {
        store.close();
    }
}
