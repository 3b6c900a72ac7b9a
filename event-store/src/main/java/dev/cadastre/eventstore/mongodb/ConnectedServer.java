package dev.cadastre.eventstore.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ClusteredIndexOptions;
import com.mongodb.client.model.CreateCollectionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The server at the other end. */
final class ConnectedServer implements LogServer {

    private static final int NAMESPACE_EXISTS = 48;

    private final MongoDatabase database;

    ConnectedServer(MongoDatabase database) {
        this.database = database;
    }

    @Override
    public Document hello() {
        try {
            return database.runCommand(new Document("hello", 1));
        } catch (MongoCommandException e) {
            // Its older name, which some servers have only.
            return database.runCommand(new Document("isMaster", 1));
        }
    }

    @Override
    public Document buildInfo() {
        return database.runCommand(new Document("buildInfo", 1));
    }

    @Override
    public @Nullable Document collection(String name) {
        for (Document collection : database.listCollections()) {
            if (name.equals(collection.getString("name"))) {
                return collection;
            }
        }
        return null;
    }

    @Override
    public List<Document> indexes(String collection) {
        return database.getCollection(collection).listIndexes().into(new ArrayList<>());
    }

    @Override
    public boolean isSharded(String collection) {
        try {
            return database.runCommand(new Document("collStats", collection))
                    .getBoolean("sharded", false);
        } catch (MongoCommandException e) {
            return false;
        }
    }

    @Override
    public Made made() {
        return probing(
                probe -> {
                    String name = probe.getNamespace().getCollectionName();
                    Document made = collection(name);
                    return new Made(made == null ? new Document() : made, indexes(name));
                });
    }

    /** Whether a unique index holds for elements of arrays, as it does in MongoDB. */
    boolean guardsArrays() {
        return probing(
                probe -> {
                    probe.insertOne(commit(0, "a"));
                    try {
                        probe.insertOne(commit(1, "b", "a"));
                        return false;
                    } catch (MongoWriteException e) {
                        return true;
                    }
                });
    }

    private static Document commit(long position, String... streams) {
        List<Document> events = new ArrayList<>();
        for (String stream : streams) {
            events.add(
                    new Document(Fields.STREAM, stream)
                            .append(Fields.SEQUENCE_NUMBER, 0L)
                            .append(Fields.EVENT_ID, stream + position));
        }
        return new Document(Fields.POSITION, position).append(Fields.EVENTS, events);
    }

    /** Looks at a collection that is made as the log's is, and dropped afterwards. */
    private <T> T probing(Function<MongoCollection<Document>, T> look) {
        MongoCollection<Document> probe = database.getCollection("log_probe_" + UUID.randomUUID());
        try {
            create(probe.getNamespace().getCollectionName(), true);
            LogIndex.ALL.forEach(index -> probe.createIndex(index.key(), index.options()));
            return look.apply(probe);
        } finally {
            probe.drop();
        }
    }

    /**
     * Makes a collection that is clustered by position, if it is not there.
     *
     * @param lenient whether one that is not clustered will do where the server has no others
     */
    void create(String name, boolean lenient) {
        try {
            database.createCollection(
                    name,
                    new CreateCollectionOptions()
                            .clusteredIndexOptions(
                                    new ClusteredIndexOptions(
                                            new Document(Fields.POSITION, 1), true)));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == NAMESPACE_EXISTS) {
                return;
            }
            if (!lenient) {
                throw e;
            }
            database.createCollection(name);
        }
    }
}
