package dev.cadastre.eventstore.mongodb;

import com.mongodb.client.model.IndexOptions;
import java.util.List;
import org.bson.Document;

/** An index that the log needs, and how one recognises it. */
record LogIndex(String name, Document key, boolean unique, boolean sparse) {

    static final List<LogIndex> ALL =
            List.of(
                    new LogIndex(
                            Fields.STREAM_INDEX,
                            new Document("e.s", 1).append("e.v", 1),
                            true,
                            false),
                    new LogIndex(Fields.EVENT_INDEX, new Document("e.id", 1), true, false),
                    new LogIndex(Fields.KEY_INDEX, new Document("ik", 1), true, true),
                    new LogIndex(
                            Fields.REFERENCE_INDEX,
                            new Document("e.refs", 1).append("_id", 1),
                            false,
                            false));

    IndexOptions options() {
        return new IndexOptions().name(name).unique(unique).sparse(sparse);
    }

    /** Whether {@code listIndexes} describes this index. */
    boolean is(Document described) {
        return hasKey(described)
                && described.getBoolean("unique", false) == unique
                && described.getBoolean("sparse", false) == sparse
                && !described.containsKey("partialFilterExpression")
                && !described.containsKey("collation")
                && !described.containsKey("expireAfterSeconds");
    }

    /** Whether it stands in the way of this index. */
    boolean resembles(Document described) {
        return name.equals(described.getString("name")) || hasKey(described);
    }

    private boolean hasKey(Document described) {
        Document keys = described.get("key", new Document());
        return List.copyOf(keys.keySet()).equals(List.copyOf(key.keySet()))
                && keys.values().stream()
                        .allMatch(order -> order instanceof Number it && it.intValue() == 1);
    }

    /** The command of the shell that makes it. */
    String command() {
        return "db.log.createIndex("
                + key.toJson()
                + ", {name: \""
                + name
                + "\""
                + (unique ? ", unique: true" : "")
                + (sparse ? ", sparse: true" : "")
                + "})";
    }
}
