package dev.cadastre.eventstore.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** The leaves of the tree, derived from the envelopes. */
final class LeafHashes {

    private final MongoCollection<RawBsonDocument> log;

    LeafHashes(MongoCollection<RawBsonDocument> log) {
        this.log = log;
    }

    /**
     * The hashes of the leaves from a position up to another one.
     *
     * @throws LogException.Corrupt if an event is missing
     */
    List<byte[]> of(long from, long to) {
        List<byte[]> leaves = new ArrayList<>();
        if (from == to) {
            return leaves;
        }
        TreeHasher hasher = new TreeHasher();
        for (RawBsonDocument found :
                log.find(
                                Filters.and(
                                        Filters.gte(Fields.POSITION, holderOf(from)),
                                        Filters.lt(Fields.POSITION, to)))
                        .sort(Sorts.ascending(Fields.POSITION))
                        .hint(CommitReading.BY_POSITION)
                        .projection(
                                Projections.include(
                                        Fields.EVENTS + "." + Fields.PLACE,
                                        Fields.EVENTS + "." + Fields.ENVELOPE))) {
            CommitDocument commit = CommitDocument.read(found);
            for (CommitDocument.EventPart event : commit.events()) {
                long position = commit.position() + event.place;
                if (position >= from && position < to) {
                    if (position != from + leaves.size()) {
                        throw missing(from + leaves.size());
                    }
                    leaves.add(hasher.leaf(event.envelope));
                }
            }
        }
        if (leaves.size() != to - from) {
            throw missing(from + leaves.size());
        }
        return leaves;
    }

    /** Where the commit begins that holds a position. */
    private long holderOf(long position) {
        RawBsonDocument holder =
                log.find(Filters.lte(Fields.POSITION, position))
                        .sort(Sorts.descending(Fields.POSITION))
                        .limit(1)
                        .hint(CommitReading.BY_POSITION)
                        .projection(Projections.include(Fields.POSITION))
                        .first();
        return holder == null ? 0 : holder.getInt64(Fields.POSITION).getValue();
    }

    private static LogException.Corrupt missing(long position) {
        return new LogException.Corrupt(position, "the event is missing");
    }
}
