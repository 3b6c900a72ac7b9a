package dev.cadastre.eventstore.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ClusteredIndexOptions;
import com.mongodb.client.model.CreateCollectionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
        String name = "log_probe_" + UUID.randomUUID();
        try {
            create(name, true);
            MongoCollection<Document> probe = database.getCollection(name);
            LogIndex.ALL.forEach(index -> probe.createIndex(index.key(), index.options()));
            Document made = collection(name);
            return new Made(made == null ? new Document() : made, indexes(name));
        } finally {
            database.getCollection(name).drop();
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
