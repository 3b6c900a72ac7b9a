package dev.cadastre.eventstore.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.cadastre.eventstore.commit.EnvelopeFormat;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import dev.cadastre.eventstore.mongodb.CommitDocument.EventPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** Answers questions about single streams, keys, claims and references, each from an index. */
final class Lookups {

    /** 0, 1, 3, 7 and so on: the sequence numbers at which the search for a head begins. */
    private static final List<Long> FIRST_PROBES =
            LongStream.rangeClosed(0, 40).map(bits -> (1L << bits) - 1).boxed().toList();

    private static final int PROBES_AT_ONCE = 64;

    private final MongoCollection<RawBsonDocument> log;
    private final EventQueries events;
    private final Blobs blobs;

    Lookups(MongoCollection<RawBsonDocument> log, EventQueries events, Blobs blobs) {
        this.log = log;
        this.events = events;
        this.blobs = blobs;
    }

    List<StoredEvent> stream(String stream, long fromSequenceNumber) {
        long from = Math.max(0, fromSequenceNumber);
        EventAssembly assembly = new EventAssembly(blobs);
        List<StoredEvent> found = new ArrayList<>();
        for (CommitDocument commit :
                events.find(
                        events.inStream(stream, "$gte", from),
                        EventQueries.ofStream(stream, from))) {
            found.addAll(assembly.events(commit));
        }
        long expected = from;
        for (StoredEvent event : found) {
            if (event.envelope().sequenceNumber() != expected++) {
                throw new LogException.Corrupt(
                        event.position(),
                        "the stream " + stream + " lacks sequence number " + (expected - 1));
            }
        }
        return found;
    }

    Optional<StoredEvent> event(long position) {
        if (position < 0) {
            return Optional.empty();
        }
        RawBsonDocument holder =
                log.find(lte(Fields.POSITION, position))
                        .sort(Sorts.descending(Fields.POSITION))
                        .limit(1)
                        .hint(CommitReading.BY_POSITION)
                        .projection(Projections.include(Fields.EVENT_COUNT))
                        .first();
        if (holder == null) {
            return Optional.empty();
        }
        long first = holder.getInt64(Fields.POSITION).getValue();
        EventAssembly assembly = new EventAssembly(blobs);
        return events
                .find(eq(Fields.POSITION, first), EventQueries.atPlace((int) (position - first)))
                .stream()
                .flatMap(commit -> assembly.events(commit).stream())
                .findFirst();
    }

    /**
     * Looks at sequence numbers twice as far apart each time, then between the last that is there
     * and the first that is not: the index answers whether one is there, not which is the last.
     */
    StreamHead streamHead(String stream) {
        StreamHead head = highest(stream, FIRST_PROBES);
        long absent = firstFrom(head.nextSequenceNumber(), FIRST_PROBES, Long.MAX_VALUE);
        while (head.nextSequenceNumber() > 0 && head.nextSequenceNumber() < absent) {
            List<Long> probes = probes(head.nextSequenceNumber(), absent);
            StreamHead higher = highest(stream, probes);
            if (higher.nextSequenceNumber() > head.nextSequenceNumber()) {
                head = higher;
            }
            absent = firstFrom(head.nextSequenceNumber(), probes, absent);
        }
        return head;
    }

    private static long firstFrom(long least, List<Long> probes, long otherwise) {
        return probes.stream().filter(probe -> probe >= least).findFirst().orElse(otherwise);
    }

    private static List<Long> probes(long from, long before) {
        long step = Math.max(1, (before - from + PROBES_AT_ONCE - 1) / PROBES_AT_ONCE);
        return LongStream.iterate(from, probe -> probe < before, probe -> probe + step)
                .boxed()
                .toList();
    }

    /** The highest event of the stream in those commits that hold one of the sequence numbers. */
    private StreamHead highest(String stream, List<Long> sequenceNumbers) {
        StreamHead highest = StreamHead.NONE;
        for (CommitDocument commit :
                events.find(
                        events.inStream(stream, "$in", sequenceNumbers),
                        EventQueries.ofStream(stream, 0))) {
            for (EventPart event : commit.events()) {
                if (event.sequenceNumber >= highest.nextSequenceNumber()) {
                    highest =
                            new StreamHead(
                                    event.sequenceNumber + 1, commit.position() + event.place);
                }
            }
        }
        return highest;
    }

    /** Those of the streams that have an event. */
    Set<String> begun(Set<String> streams) {
        Set<String> found = new HashSet<>();
        Bson firstEvent = events.inStream(new Document("$in", streams), "$eq", 0L);
        for (RawBsonDocument document :
                log.find(firstEvent)
                        .projection(Projections.include(Fields.EVENTS + "." + Fields.STREAM))) {
            CommitDocument.read(document).events().stream()
                    .map(part -> part.stream)
                    .filter(streams::contains)
                    .forEach(found::add);
        }
        return found;
    }

    boolean holdsEventFrom(String stream, List<String> types, long sequenceNumber) {
        return events
                .find(
                        events.inStream(stream, "$gte", sequenceNumber),
                        EventQueries.ofStream(stream, sequenceNumber))
                .stream()
                .flatMap(commit -> commit.events().stream())
                .anyMatch(part -> types.contains(EnvelopeFormat.decode(part.envelope).type()));
    }

    /** Those of the index keys that the log holds. */
    Set<String> indexKeys(Set<String> asked) {
        Set<String> found = new HashSet<>();
        for (RawBsonDocument document :
                log.find(in(Fields.INDEX_KEYS, asked))
                        .projection(Projections.include(Fields.INDEX_KEYS))) {
            document.getArray(Fields.INDEX_KEYS)
                    .forEach(value -> found.add(value.asString().getValue()));
        }
        found.retainAll(asked);
        return found;
    }

    Optional<KeyRecord> key(String text) {
        RawBsonDocument found =
                log.find(eq(Fields.INDEX_KEYS, Fields.ofKey(text)))
                        .projection(Projections.include(Fields.KEYS))
                        .first();
        if (found == null) {
            return Optional.empty();
        }
        CommitDocument commit = CommitDocument.read(found);
        return commit.keys().stream()
                .filter(key -> key.text().equals(text))
                .findFirst()
                .map(key -> new KeyRecord(text, key.digest(), commit.position() + key.place()));
    }

    List<ClaimRecord> claims(String value) {
        Bson ofValue =
                new Document(
                        Fields.INDEX_KEYS,
                        new Document(
                                "$elemMatch",
                                new Document("$gte", Fields.claimsFrom(value))
                                        .append("$lt", Fields.claimsBefore(value))));
        List<ClaimRecord> claims = new ArrayList<>();
        for (RawBsonDocument document :
                log.find(ofValue).projection(Projections.include(Fields.CLAIMS))) {
            CommitDocument commit = CommitDocument.read(document);
            for (CommitDocument.ClaimPart claim : commit.claims()) {
                if (claim.value().equals(value)) {
                    claims.add(
                            new ClaimRecord(
                                    value,
                                    claim.count(),
                                    commit.position() + claim.place(),
                                    claim.stream()));
                }
            }
        }
        claims.sort(Comparator.comparingInt(ClaimRecord::count));
        return claims;
    }

    List<String> referencing(String stream, long afterPosition) {
        Set<String> found = new LinkedHashSet<>();
        for (CommitDocument commit :
                events.find(
                        and(
                                eq(Fields.EVENTS + "." + Fields.REFERENCES, stream),
                                gte(
                                        Fields.POSITION,
                                        Math.max(0, afterPosition - Limits.CHANGE_SET_EVENTS))),
                        EventQueries.referring(stream))) {
            for (EventPart event : commit.events()) {
                if (commit.position() + event.place > afterPosition) {
                    found.add(event.stream);
                }
            }
        }
        return List.copyOf(found);
    }

    long lastReference(String stream) {
        RawBsonDocument last =
                log.find(eq(Fields.EVENTS + "." + Fields.REFERENCES, stream))
                        .sort(Sorts.descending(Fields.POSITION))
                        .limit(1)
                        .projection(
                                Projections.include(
                                        Fields.EVENTS + "." + Fields.PLACE,
                                        Fields.EVENTS + "." + Fields.REFERENCES))
                        .first();
        return last == null ? -1 : lastReference(CommitDocument.read(last), stream);
    }

    private static long lastReference(CommitDocument commit, String stream) {
        return commit.events().stream()
                .filter(part -> part.references.contains(stream))
                .mapToLong(part -> commit.position() + part.place)
                .max()
                .orElse(-1);
    }
}
