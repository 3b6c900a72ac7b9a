package dev.cadastre.query.versions.mongodb;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ClusteredIndexOptions;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.InsertManyOptions;
import dev.cadastre.query.versions.store.Body;
import dev.cadastre.query.versions.store.BodyKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bodies of one generation. A body too large for one document lies in several pieces.
 * Thread-safe.
 */
final class BodyCollection {

    private static final Logger LOG = LoggerFactory.getLogger(BodyCollection.class);
    private static final String PREFIX = "versions_";
    private static final String PIECES = "_pieces";
    private static final String JSON = "json";
    private static final int MOST_DOCUMENTS = 1_000;
    private static final int MOST_BYTES = 8 << 20;
    private static final int NAMESPACE_EXISTS = 48;
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCollection<Document> bodies;
    private final MongoCollection<Document> pieces;
    private final MongoCollection<Document> readBodies;
    private final MongoCollection<Document> readPieces;

    private BodyCollection(MongoDatabase database, String name) {
        this.bodies = database.getCollection(name);
        this.pieces = database.getCollection(name + PIECES);
        // What was acknowledged by a majority is on every primary. What was not can be read all the
        // same, for the log decides what a body says, and whoever wrote it read the log's majority.
        this.readBodies = bodies.withReadConcern(ReadConcern.LOCAL);
        this.readPieces = pieces.withReadConcern(ReadConcern.LOCAL);
    }

    /** Opens the collection, or makes it. */
    static BodyCollection open(MongoDatabase database, long generation) {
        String name = PREFIX + generation;
        CreateCollectionOptions clustered =
                new CreateCollectionOptions()
                        .clusteredIndexOptions(
                                new ClusteredIndexOptions(new Document("_id", 1), true));
        try {
            database.createCollection(name, clustered);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NAMESPACE_EXISTS) {
                LOG.warn("{} is not clustered, which takes more room: {}", name, e.getMessage());
            }
        }
        return new BodyCollection(database, name);
    }

    /** Drops what earlier generations have left behind. */
    static void dropBefore(MongoDatabase database, long generation) {
        for (String name : database.listCollectionNames().into(new ArrayList<>())) {
            if (generationOf(name) < generation) {
                database.getCollection(name).drop();
            }
        }
    }

    /** A generation later than all that have left something behind. */
    static long unused(MongoDatabase database) {
        long latest = -1;
        for (String name : database.listCollectionNames().into(new ArrayList<>())) {
            long generation = generationOf(name);
            latest = generation == Long.MAX_VALUE ? latest : Math.max(latest, generation);
        }
        return latest + 1;
    }

    /** The generation of a collection's name; {@link Long#MAX_VALUE} if it holds something else. */
    private static long generationOf(String collection) {
        if (!collection.startsWith(PREFIX)) {
            return Long.MAX_VALUE;
        }
        String rest = collection.substring(PREFIX.length());
        String number =
                rest.endsWith(PIECES) ? rest.substring(0, rest.length() - PIECES.length()) : rest;
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException somebodyElses) {
            return Long.MAX_VALUE;
        }
    }

    /** Adds bodies; leaves out those that are there. */
    void add(List<Body> added) {
        List<Document> portion = new ArrayList<>();
        int bytes = 0;
        for (Body body : added) {
            if (portion.size() == MOST_DOCUMENTS || bytes > MOST_BYTES) {
                insert(bodies, portion);
                portion.clear();
                bytes = 0;
            }
            portion.add(document(body));
            bytes += body.json().length;
        }
        if (!portion.isEmpty()) {
            insert(bodies, portion);
        }
    }

    private Document document(Body body) {
        Document document = new Document("_id", idOf(body.key()));
        byte[] json = body.json();
        if (json.length <= MOST_BYTES) {
            return document.append(JSON, new Binary(json));
        }
        int count = 0;
        for (int from = 0; from < json.length; from += MOST_BYTES) {
            byte[] piece = new byte[Math.min(MOST_BYTES, json.length - from)];
            System.arraycopy(json, from, piece, 0, piece.length);
            insert(
                    pieces,
                    List.of(
                            new Document("_id", pieceOf(body.key(), count++))
                                    .append(JSON, new Binary(piece))));
        }
        return document.append("pieces", count);
    }

    private static void insert(MongoCollection<Document> collection, List<Document> documents) {
        try {
            collection.insertMany(documents, UNORDERED);
        } catch (MongoBulkWriteException e) {
            Failures.throwUnlessDuplicates(e);
        }
    }

    /** Bodies by key; those that are not there are left out. */
    Map<BodyKey, byte[]> read(List<BodyKey> keys) {
        Map<BodyKey, byte[]> found = HashMap.newHashMap(keys.size());
        for (int from = 0; from < keys.size(); from += MOST_DOCUMENTS) {
            List<Long> ids =
                    keys.subList(from, Math.min(from + MOST_DOCUMENTS, keys.size())).stream()
                            .map(BodyCollection::idOf)
                            .toList();
            for (Document document : readBodies.find(in("_id", ids))) {
                BodyKey key = keyOf(document.getLong("_id"));
                byte[] json = jsonOf(document, key);
                if (json != null) {
                    found.put(key, json);
                }
            }
        }
        return found;
    }

    private byte @Nullable [] jsonOf(Document document, BodyKey key) {
        Integer count = document.getInteger("pieces");
        if (count == null) {
            return document.get(JSON, Binary.class).getData();
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int piece = 0; piece < count; piece++) {
            Document part = readPieces.find(in("_id", pieceOf(key, piece))).first();
            if (part == null) {
                return null;
            }
            whole.writeBytes(part.get(JSON, Binary.class).getData());
        }
        return whole.toByteArray();
    }

    /** Ascending as keys are, so that documents are added at the end of the collection. */
    private static long idOf(BodyKey key) {
        if (key.position() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("positions lie below 2^31: " + key);
        }
        return key.position() << 32 | key.version();
    }

    private static BodyKey keyOf(long id) {
        return new BodyKey(id >>> 32, (int) id);
    }

    private static String pieceOf(BodyKey key, int piece) {
        return idOf(key) + "/" + piece;
    }
}
