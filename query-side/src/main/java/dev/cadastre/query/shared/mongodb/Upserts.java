package dev.cadastre.query.shared.mongodb;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/** Writes that change a document on a condition, and make it where there is none. */
public final class Upserts {

    private Upserts() {}

    /**
     * The filter of such a write: the document of this id, if it meets a condition. Where there is
     * one that does not, the server tries to make a second one and answers that it is a duplicate.
     *
     * <p>The id stands beside the condition. The driver's own filters would put both into an {@code
     * $and}; MongoDB finds the id of a new document there, other servers make up another one.
     */
    public static Bson of(String id, Bson condition) {
        BsonDocument filter = new BsonDocument("_id", new BsonString(id));
        filter.putAll(condition.toBsonDocument());
        return filter;
    }
}
