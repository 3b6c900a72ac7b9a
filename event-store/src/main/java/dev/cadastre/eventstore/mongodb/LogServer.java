package dev.cadastre.eventstore.mongodb;

import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What the checks at opening ask of a server; its answers are those of MongoDB's commands. */
interface LogServer {

    /** The answer to {@code hello}. */
    Document hello();

    /** The answer to {@code buildInfo}. */
    Document buildInfo();

    /** What {@code listCollections} says of a collection; null if there is none. */
    @Nullable Document collection(String name);

    /** What {@code listIndexes} says of a collection. */
    List<Document> indexes(String collection);

    /** Whether {@code collStats} says that a collection is sharded. */
    boolean isSharded(String collection);

    /**
     * What the server says of a collection that was just made as the log's is: what it leaves out
     * there it does not know.
     */
    Made made();

    /** Answers to {@code listCollections} and {@code listIndexes} of one collection. */
    record Made(Document collection, List<Document> indexes) {}
}
