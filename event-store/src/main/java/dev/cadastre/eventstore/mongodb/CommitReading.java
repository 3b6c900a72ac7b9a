package dev.cadastre.eventstore.mongodb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoCommandException;
import com.mongodb.ReadConcern;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.cadastre.eventstore.commit.CommitAssembly;
import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.commit.CommitOutline;
import dev.cadastre.eventstore.commit.LeafCheck;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole commits in order, and delivers each only if it follows the one before it. Where one
 * is missing, what lies behind is not delivered: at the end of the log it may be on its way, and is
 * waited for; below a position that was seen before it is a contradiction.
 */
final class CommitReading {

    /** The order of positions is that of the clustered collection itself. */
    static final Bson BY_POSITION = new BsonDocument(Fields.POSITION, new BsonInt32(1));

    private static final Bson HEADER =
            Projections.include(
                    Fields.EVENT_COUNT,
                    Fields.PREVIOUS,
                    Fields.ROOT,
                    Fields.RECORDED_AT,
                    Fields.COMMIT_ID,
                    Fields.EPOCH);
    private static final Bson OUTLINE =
            Projections.fields(HEADER, Projections.include(Fields.EVENTS + "." + Fields.ENVELOPE));
    private static final int LOOKS = 64;

    /** No further outline once so many events are read; a commit may hold more by itself. */
    private static final int EVENTS_AT_ONCE = 5_000;

    private static final int MOST_ENDS = 1_000;
    private static final int MOST_DOCUMENTS_AT_ONCE = 1_000;
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMillis(250));

    private final MongoCollection<RawBsonDocument> log;
    private final Blobs blobs;
    private final LeafCheck.LeafTiles tiles;
    private final AtomicLong seen = new AtomicLong();

    /** The commits that were read last, by where the next one begins: readers go on from there. */
    private final Cache<Long, CommitHeader> ends =
            Caffeine.newBuilder().maximumSize(MOST_ENDS).executor(Runnable::run).build();

    CommitReading(MongoCollection<RawBsonDocument> log, Blobs blobs, LeafCheck.LeafTiles tiles) {
        this.log = log;
        this.blobs = blobs;
        this.tiles = tiles;
    }

    /** Remembers that the log reaches at least so far. */
    void saw(long size) {
        seen.accumulateAndGet(size, Math::max);
    }

    /** Remembers a commit that surely is there. */
    void saw(CommitHeader header) {
        saw(header.next());
        ends.put(header.next(), header);
    }

    List<Commit> read(long fromPosition, int maxEvents) {
        return read(fromPosition, maxEvents, (commit, _) -> commit);
    }

    /** As {@link dev.cadastre.eventstore.commit.CommitSource#whole}. */
    List<ReadyCommit> whole(long fromPosition, int maxEvents) {
        return read(fromPosition, maxEvents, CommitReading::whole);
    }

    /**
     * As {@link dev.cadastre.eventstore.commit.SharedStore#from}. The first few are looked up one
     * by one, because whoever follows closely finds one or two, and a key is found with less effort
     * than a range is searched.
     */
    List<CommitOutline> outlines(long slot) {
        List<CommitOutline> found = new ArrayList<>();
        long next = slot;
        while (found.size() < LOOKS && next - slot < EVENTS_AT_ONCE) {
            RawBsonDocument document =
                    log.find(Filters.eq(Fields.POSITION, next)).projection(OUTLINE).first();
            if (document == null) {
                boolean hole = found.isEmpty() && next < seen.get();
                return hole ? read(next, EVENTS_AT_ONCE, (_, there) -> outline(there)) : found;
            }
            CommitOutline outline = outline(CommitDocument.read(document));
            found.add(outline);
            next = outline.header().next();
            saw(next);
        }
        if (next - slot >= EVENTS_AT_ONCE) {
            return found;
        }
        try (MongoCursor<RawBsonDocument> cursor =
                inOrder(next, EVENTS_AT_ONCE).projection(OUTLINE).cursor()) {
            while (cursor.hasNext()) {
                CommitOutline outline = outline(CommitDocument.read(cursor.next()));
                if (outline.header().position() != next) {
                    return found;
                }
                found.add(outline);
                next = outline.header().next();
                saw(next);
            }
        }
        return found;
    }

    private static CommitOutline outline(CommitDocument document) {
        CommitHeader header = document.header();
        return new CommitOutline(
                header, document.events().stream().map(event -> event.envelope).toList());
    }

    private static ReadyCommit whole(Commit commit, CommitDocument document) {
        CommitAssembly assembly = new CommitAssembly();
        for (CommitDocument.EventPart event : document.events()) {
            long position = commit.position() + event.place;
            event.references.forEach(stream -> assembly.reference(position, stream));
        }
        for (CommitDocument.ClaimPart claim : document.claims()) {
            assembly.claim(commit.position() + claim.place(), claim.value(), claim.count());
        }
        for (CommitDocument.KeyPart key : document.keys()) {
            assembly.key(commit.position() + key.place(), key.text(), key.digest());
        }
        return assembly.whole(commit);
    }

    private <T> List<T> read(
            long fromPosition, int maxEvents, BiFunction<Commit, CommitDocument, T> kept) {
        for (Duration pause : PAUSES) {
            Portion<T> portion = portion(fromPosition, maxEvents, kept);
            if (portion.hole() < 0 || !portion.commits().isEmpty()) {
                return portion.commits();
            }
            LockSupport.parkNanos(pause.toNanos());
        }
        Portion<T> portion = portion(fromPosition, maxEvents, kept);
        if (portion.hole() >= 0 && portion.hole() < seen.get()) {
            throw missing(portion.hole());
        }
        return portion.commits();
    }

    /**
     * A primary that was just elected may for a moment not yet know what a majority has; a
     * linearizable read does.
     */
    private LogException missing(long position) {
        Bson slot = Filters.eq(Fields.POSITION, position);
        RawBsonDocument found;
        try {
            found = log.withReadConcern(ReadConcern.LINEARIZABLE).find(slot).first();
        } catch (MongoCommandException e) {
            // A server without replicas has none.
            found = log.find(slot).first();
        }
        return found == null
                ? new LogException.Corrupt(position, "the commit is missing")
                : new LogException.Unavailable(
                        "The database does not yet show the commit at " + position + ".", null);
    }

    /**
     * Commits without a gap.
     *
     * @param hole where a commit is missing that others lie behind; -1 if there is no such place
     */
    private record Portion<T>(List<T> commits, long hole) {}

    private <T> Portion<T> portion(
            long fromPosition, int maxEvents, BiFunction<Commit, CommitDocument, T> kept) {
        CommitHeader end = ends.getIfPresent(fromPosition);
        if (end != null) {
            return scan(fromPosition, maxEvents, end, fromPosition, kept);
        }
        List<CommitHeader> around = lastHeaders(fromPosition, 2);
        CommitHeader holder = around.isEmpty() ? null : around.getFirst();
        CommitHeader before = around.size() < 2 ? null : around.get(1);
        if (holder != null && holder.next() <= fromPosition) {
            before = holder;
            holder = null;
        }
        long start = holder == null ? fromPosition : holder.position();
        long expected = before == null ? 0 : before.next();
        return scan(Math.max(0, start), maxEvents, before, holder == null ? start : expected, kept);
    }

    private <T> Portion<T> scan(
            long start,
            int maxEvents,
            @Nullable CommitHeader before,
            long expected,
            BiFunction<Commit, CommitDocument, T> kept) {
        List<T> commits = new ArrayList<>();
        EventAssembly assembly = new EventAssembly(blobs);
        LeafCheck leaves = new LeafCheck(tiles);
        CommitHeader previous = before;
        long next = expected;
        try (MongoCursor<RawBsonDocument> cursor = inOrder(start, maxEvents).cursor()) {
            while (cursor.hasNext()) {
                CommitDocument document = CommitDocument.read(cursor.next());
                CommitHeader header = document.header();
                if (header.position() > next) {
                    return new Portion<>(commits, next);
                }
                if (previous == null) {
                    header.checkFirst();
                } else {
                    header.checkFollows(previous);
                }
                List<StoredEvent> events = assembly.allEvents(document, header.events());
                events.forEach(leaves::check);
                commits.add(kept.apply(commit(header, events), document));
                previous = header;
                next = header.next();
            }
        }
        if (commits.isEmpty()) {
            return new Portion<>(commits, next < seen.get() && start < seen.get() ? next : -1);
        }
        saw(Objects.requireNonNull(previous));
        return new Portion<>(commits, -1);
    }

    private FindIterable<RawBsonDocument> inOrder(long start, int maxEvents) {
        long end = start + Math.min(maxEvents, Long.MAX_VALUE - start);
        return log.find(
                        Filters.and(
                                Filters.gte(Fields.POSITION, start),
                                Filters.lt(Fields.POSITION, end)))
                .sort(Sorts.ascending(Fields.POSITION))
                .hint(BY_POSITION)
                .batchSize(Math.clamp(maxEvents, 2, MOST_DOCUMENTS_AT_ONCE));
    }

    /** The last commits that begin at or before the position, latest first. */
    List<CommitHeader> lastHeaders(long atOrBefore, int count) {
        return lastHeaders(log, atOrBefore, count);
    }

    static List<CommitHeader> lastHeaders(
            MongoCollection<RawBsonDocument> log, long atOrBefore, int count) {
        return headers(
                log.find(Filters.lte(Fields.POSITION, atOrBefore))
                        .sort(Sorts.descending(Fields.POSITION))
                        .limit(count));
    }

    private static List<CommitHeader> headers(FindIterable<RawBsonDocument> found) {
        List<CommitHeader> headers = new ArrayList<>();
        for (RawBsonDocument document : found.hint(BY_POSITION).projection(HEADER)) {
            headers.add(CommitDocument.read(document).header());
        }
        return headers;
    }

    private static Commit commit(CommitHeader header, List<StoredEvent> events) {
        return new Commit(
                header.position(),
                header.previous(),
                header.root(),
                header.recordedAt(),
                header.id(),
                header.epoch(),
                events);
    }
}
