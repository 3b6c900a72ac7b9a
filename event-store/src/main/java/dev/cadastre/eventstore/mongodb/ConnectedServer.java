package dev.cadastre.eventstore.mongodb;

import com.mongodb.MongoCommandException;
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
    public boolean clusters() {
        String name = "log_probe_" + UUID.randomUUID();
        try {
            createClustered(name);
            Document made = collection(name);
            return made != null && StartUpGuards.isClustered(made);
        } catch (MongoCommandException e) {
            return false;
        } finally {
            database.getCollection(name).drop();
        }
    }

    void createClustered(String name) {
        database.createCollection(
                name,
                new CreateCollectionOptions()
                        .clusteredIndexOptions(
                                new ClusteredIndexOptions(new Document(Fields.POSITION, 1), true)));
    }

    void createPlain(String name) {
        database.createCollection(name);
    }
}
