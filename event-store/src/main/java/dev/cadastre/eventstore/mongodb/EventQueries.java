package dev.cadastre.eventstore.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.cadastre.eventstore.mongodb.CommitDocument.EventPart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Finds commits, and of each only those events that are asked for, so that a stream is read without
 * its neighbours in the same commits. Where the server cannot filter an array, it sends whole
 * commits and they are filtered here.
 */
final class EventQueries {

    private final MongoCollection<RawBsonDocument> log;
    private final boolean serverFilters;

    EventQueries(MongoCollection<RawBsonDocument> log, boolean serverFilters) {
        this.log = log;
        this.serverFilters = serverFilters;
    }

    /** Whether an event is asked for: here, and as the server's expression over {@code $$this}. */
    record Wanted(Predicate<EventPart> here, Document there) {}

    static Wanted ofStream(String stream, long from) {
        return new Wanted(
                part -> part.stream.equals(stream) && part.sequenceNumber >= from,
                new Document(
                        "$and",
                        List.of(
                                equal(Fields.STREAM, stream),
                                new Document(
                                        "$gte",
                                        List.of("$$this." + Fields.SEQUENCE_NUMBER, from)))));
    }

    static Wanted atPlace(int place) {
        return new Wanted(part -> part.place == place, equal(Fields.PLACE, place));
    }

    static Wanted referring(String stream) {
        return new Wanted(
                part -> part.references.contains(stream),
                new Document(
                        "$in",
                        List.of(
                                new Document("$literal", stream),
                                new Document(
                                        "$ifNull",
                                        List.of("$$this." + Fields.REFERENCES, List.of())))));
    }

    /**
     * Commits with an event of the stream whose sequence number is as asked; where the server
     * cannot look at two fields of one element, all commits with an event of the stream.
     *
     * @param stream its name, or a condition on it
     */
    Bson inStream(Object stream, String operator, Object numbers) {
        if (!serverFilters) {
            return new Document(Fields.EVENTS + "." + Fields.STREAM, stream);
        }
        return Filters.elemMatch(
                Fields.EVENTS,
                new Document(Fields.STREAM, stream)
                        .append(Fields.SEQUENCE_NUMBER, new Document(operator, numbers)));
    }

    /** The commits that match, in order of position, each with the events wanted of it. */
    List<CommitDocument> find(Bson match, Wanted wanted) {
        List<CommitDocument> found = new ArrayList<>();
        if (serverFilters) {
            Document filter =
                    new Document(
                            "$filter",
                            new Document("input", "$" + Fields.EVENTS)
                                    .append("cond", wanted.there()));
            Document fields = new Document();
            for (String field : List.of(Fields.EVENT_COUNT, Fields.RECORDED_AT, Fields.BLOBS)) {
                fields.append(field, 1);
            }
            log.aggregate(
                            List.of(
                                    Aggregates.match(match),
                                    Aggregates.project(fields.append(Fields.EVENTS, filter)),
                                    Aggregates.sort(Sorts.ascending(Fields.POSITION))))
                    .forEach(document -> found.add(CommitDocument.read(document)));
        } else {
            for (RawBsonDocument document :
                    log.find(match).sort(Sorts.ascending(Fields.POSITION))) {
                CommitDocument commit = CommitDocument.read(document);
                commit.events().removeIf(part -> !wanted.here().test(part));
                found.add(commit);
            }
        }
        return found;
    }

    private static Document equal(String field, Object value) {
        return new Document("$eq", List.of("$$this." + field, new Document("$literal", value)));
    }
}
