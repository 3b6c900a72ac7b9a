package dev.cadastre.standalone;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/** What a dump holds of a collection. */
record CopiedCollection(
        String name, Document options, List<Document> indexes, List<Document> documents) {

    static CopiedCollection of(MongoDatabase database, String name) {
        Document description =
                database.listCollections().filter(new Document("name", name)).first();
        MongoCollection<Document> collection = database.getCollection(name);
        return new CopiedCollection(
                name,
                description == null ? new Document() : description.get("options", new Document()),
                collection.listIndexes().into(new ArrayList<>()),
                collection.find().into(new ArrayList<>()));
    }

    void restoreTo(MongoDatabase database) {
        Document create = new Document("create", name);
        create.putAll(options);
        database.runCommand(create);
        if (!documents.isEmpty()) {
            database.getCollection(name).insertMany(documents);
        }
        List<Document> others =
                indexes.stream().filter(it -> !it.getString("name").equals("_id_")).toList();
        // The version of an index's format, which is not for others to choose.
        others.forEach(index -> index.remove("v"));
        if (!others.isEmpty()) {
            database.runCommand(new Document("createIndexes", name).append("indexes", others));
        }
    }
}
