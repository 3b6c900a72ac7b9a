package dev.cadastre.eventstore.mongodb;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.commit.CommitStore;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.commit.SharedStore;
import dev.cadastre.eventstore.commit.SlotLookups;
import dev.cadastre.eventstore.commit.StoreTail;
import dev.cadastre.eventstore.commit.UnknownOutcome;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.Tile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Commits in a collection of MongoDB, one document each, whose {@code _id} is its slot: who inserts
 * it first has the slot. Several processes may do so at once. See {@code
 * docs/formats/mongodb-log.md}.
 */
public final class MongoCommitStore implements CommitStore {

    private static final String INSERTING = "Writing a commit";
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ZERO,
                    Duration.ofMillis(5),
                    Duration.ofMillis(50),
                    Duration.ofMillis(250),
                    Duration.ofMillis(500));
    private static final List<String> OTHER_INDEXES =
            List.of(Fields.STREAM_INDEX, Fields.EVENT_INDEX, Fields.KEY_INDEX);

    private final LogDatabase database;
    private final MongoCollection<RawBsonDocument> log;
    private final Blobs blobs;
    private final Tiles tiles;
    private final CommitReading commits;
    private final Lookups lookups;
    private final SlotView inSlot;
    private final CommitBell bell;
    private final SharedStore shared;
    private final ExecutorService tileWriter =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("log-tiles").factory());

    private MongoCommitStore(LogOpening.Opened opened, boolean turns) {
        this.database = opened.database();
        this.log = database.log();
        this.blobs = new Blobs(database.blobs());
        this.tiles = new Tiles(log, database.tiles());
        this.commits = new CommitReading(log, blobs, tiles);
        this.lookups = new Lookups(log, new EventQueries(log, opened.serverFilters()), blobs);
        this.inSlot = new SlotView(lookups, opened.guarded());
        this.bell = new CommitBell(log, opened.changeStreams());
        this.shared =
                new SharedLog(
                        bell,
                        commits,
                        turns ? new WriterLease(database.database()) : null,
                        database);
    }

    /**
     * Opens the store in a database, making its collections where there is none yet.
     *
     * @throws LogException.CannotOpen if the server, the connection string or the collections are
     *     not as the log needs them; the message says what to do
     * @throws LogException.Unavailable if the server does not answer
     */
    public static MongoCommitStore open(MongoLogSettings settings) {
        return new MongoCommitStore(LogOpening.open(settings), settings.lease());
    }

    @Override
    public Optional<SharedStore> shared() {
        return Optional.of(shared);
    }

    @Override
    public Insertion insert(ReadyCommit commit) {
        CommitEncoding.Encoded encoded = CommitEncoding.encode(commit);
        blobs.store(encoded.blobs());
        Insertion insertion = insert(commit, encoded.document());
        if (insertion == Insertion.DURABLE) {
            commits.saw(CommitHeader.of(commit));
            store(commit.tiles());
        }
        return insertion;
    }

    /**
     * A duplicate key says that the slot is taken, though perhaps not yet by a majority; only what
     * a majority has tells whose it is.
     */
    private Insertion insert(ReadyCommit commit, RawBsonDocument document) {
        MongoWriteException duplicate = null;
        for (Duration pause : PAUSES) {
            LockSupport.parkNanos(pause.toNanos());
            try {
                log.insertOne(document);
                return Insertion.DURABLE;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw Failures.ofInsertion(INSERTING, e);
                }
                duplicate = e;
            } catch (MongoException e) {
                throw Failures.ofInsertion(INSERTING, e);
            }
            UUID holder = holder(log, commit.position());
            if (holder != null) {
                return holder.equals(commit.id()) ? Insertion.DURABLE : Insertion.SLOT_TAKEN;
            }
            if (isOfAnotherIndex(duplicate)
                    && holder(log.withReadConcern(ReadConcern.LOCAL), commit.position()) == null) {
                return Insertion.BREAKS_RULE;
            }
        }
        throw new UnknownOutcome(
                INSERTING + ": the slot is taken, but a majority does not show by whom", duplicate);
    }

    private static boolean isOfAnotherIndex(MongoWriteException duplicate) {
        String refusal = String.valueOf(duplicate.getMessage());
        return OTHER_INDEXES.stream().anyMatch(index -> refusal.contains("index: " + index));
    }

    /** The id of the commit in the slot; null if there is none. */
    private static @Nullable UUID holder(MongoCollection<RawBsonDocument> from, long position) {
        try {
            RawBsonDocument found =
                    from.find(Filters.eq(Fields.POSITION, position))
                            .projection(Projections.include(Fields.COMMIT_ID))
                            .first();
            return found == null ? null : CommitDocument.read(found).id();
        } catch (MongoException e) {
            throw new UnknownOutcome(
                    INSERTING + ": the slot is taken, and nobody tells by whom", e);
        }
    }

    private void store(List<Tile> full) {
        if (!full.isEmpty()) {
            tileWriter.execute(() -> tiles.store(full));
        }
    }

    @Override
    public SlotLookups inSlot() {
        return inSlot;
    }

    @Override
    public LogHead head() {
        return reading("Reading the head", () -> headOf(commits.lastHeaders(Long.MAX_VALUE, 1)));
    }

    @Override
    public StoreTail tail() {
        return reading("Opening the log", this::readTail);
    }

    private StoreTail readTail() {
        List<CommitHeader> headers = commits.lastHeaders(Long.MAX_VALUE, 2);
        CommitHeader last = last(headers);
        if (last == null) {
            return new StoreTail(headOf(headers), epoch(0), tiles.tree(null));
        }
        commits.saw(last);
        if (headers.size() == 1) {
            last.checkFirst();
        } else {
            last.checkFollows(headers.get(1));
        }
        GrowingTree tree = tiles.tree(last);
        return new StoreTail(headOf(headers), epoch(last.epoch()), tree);
    }

    /** Counts openings, so that no two writers have the same epoch. */
    private long epoch(long least) {
        Bson counter = Filters.eq(Fields.POSITION, "epoch");
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        database.state().updateOne(counter, Updates.max("last", least), upsert);
        return database.state()
                .findOneAndUpdate(counter, Updates.inc("last", 1L))
                .getInt64("last")
                .getValue();
    }

    private static @Nullable CommitHeader last(List<CommitHeader> headers) {
        return headers.isEmpty() ? null : headers.getFirst();
    }

    /** The head of a log with these commits at its end, latest first. */
    static LogHead headOf(List<CommitHeader> headers) {
        return CommitHeader.headAfter(last(headers));
    }

    @Override
    public List<Commit> commits(long fromPosition, int maxEvents) {
        return reading("Reading commits", () -> commits.read(fromPosition, maxEvents));
    }

    @Override
    public List<StoredEvent> stream(String stream, long fromSequenceNumber) {
        return reading("Reading a stream", () -> lookups.stream(stream, fromSequenceNumber));
    }

    @Override
    public StreamHead streamHead(String stream) {
        return reading("Reading a stream's head", () -> lookups.streamHead(stream));
    }

    @Override
    public Optional<StoredEvent> event(long position) {
        return reading("Reading an event", () -> lookups.event(position));
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        return reading("Reading a key", () -> lookups.key(text));
    }

    @Override
    public List<ClaimRecord> claims(String value) {
        return reading("Reading claims", () -> lookups.claims(value));
    }

    @Override
    public List<String> referencing(String stream, long afterPosition) {
        return reading("Reading references", () -> lookups.referencing(stream, afterPosition));
    }

    private static <T> T reading(String what, Supplier<T> read) {
        return LogDatabase.doing(what, read);
    }

    @Override
    public void close() {
        tileWriter.shutdown();
        boolean interrupted = false;
        try {
            tileWriter.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        bell.close();
        database.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
