package dev.cadastre.eventstore.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.ClusteredIndexOptions;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.cadastre.eventstore.log.LogException;
import java.util.List;
import org.bson.Document;

/** Opens the database of a log. */
final class LogOpening {

    private static final int NAMESPACE_EXISTS = 48;

    private LogOpening() {}

    static LogDatabase open(MongoLogSettings settings) {
        LogDatabase database = LogDatabase.connect(new ConnectionString(settings.uri()));
        try {
            create(database.database());
            return database;
        } catch (MongoException e) {
            database.close();
            throw new LogException.CannotOpen("The log cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void create(MongoDatabase database) {
        try {
            database.createCollection(
                    LogDatabase.LOG,
                    new CreateCollectionOptions()
                            .clusteredIndexOptions(
                                    new ClusteredIndexOptions(
                                            new Document(Fields.POSITION, 1), true)));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NAMESPACE_EXISTS) {
                throw e;
            }
        }
        var log = database.getCollection(LogDatabase.LOG);
        log.createIndex(
                Indexes.ascending("e.s", "e.v"),
                new IndexOptions().unique(true).name(Fields.STREAM_INDEX));
        log.createIndex(
                Indexes.ascending("e.id"),
                new IndexOptions().unique(true).name(Fields.EVENT_INDEX));
        log.createIndex(
                Indexes.ascending("ik"),
                new IndexOptions().unique(true).sparse(true).name(Fields.KEY_INDEX));
        log.createIndex(
                Indexes.ascending("e.refs", "_id"),
                new IndexOptions().name(Fields.REFERENCE_INDEX));
    }

    static boolean filtersArrays(LogDatabase database) {
        Document filter =
                new Document(
                        "$filter",
                        new Document("input", "$e")
                                .append("cond", new Document("$eq", List.of("$$this.i", 0))));
        try {
            database.log()
                    .aggregate(
                            List.of(
                                    Aggregates.limit(1),
                                    Aggregates.project(new Document("e", filter))))
                    .first();
            return true;
        } catch (MongoCommandException e) {
            return false;
        }
    }
}
