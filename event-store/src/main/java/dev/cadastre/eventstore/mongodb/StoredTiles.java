package dev.cadastre.eventstore.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.merkle.Tile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The collection of full tiles. What is in it is taken at its word by nobody. */
final class StoredTiles {

    private static final Logger LOGGER = LoggerFactory.getLogger(StoredTiles.class);
    private static final int MOST_NAMES_AT_ONCE = 1_000;

    private final MongoCollection<BsonDocument> collection;

    StoredTiles(MongoCollection<BsonDocument> collection) {
        this.collection = collection;
    }

    /** Which tile it is. */
    record Name(int level, long number) {

        private static final Pattern FORM = Pattern.compile("([0-6])/(0|[1-9][0-9]{0,17})");
        private static final int BITS_PER_LEVEL = 8;

        static Name of(Tile tile) {
            return new Name(tile.level(), tile.number());
        }

        /** How many full tiles of a level a tree has. */
        static long count(int level, long size) {
            return size >> BITS_PER_LEVEL * (level + 1);
        }

        boolean isFull(long size) {
            return number < count(level, size);
        }

        /** The tile that holds the hash of this one. */
        Name above() {
            return new Name(level + 1, number / Tile.WIDTH);
        }

        /** Where in that tile. */
        int place() {
            return (int) (number % Tile.WIDTH);
        }

        private BsonString text() {
            return new BsonString(level + "/" + number);
        }
    }

    /** The names of all tiles that are stored. */
    Set<Name> names() {
        Set<Name> names = new HashSet<>();
        for (BsonDocument found :
                collection.find().projection(Projections.include(Fields.POSITION))) {
            if (found.isString(Fields.POSITION)) {
                Matcher name = Name.FORM.matcher(found.getString(Fields.POSITION).getValue());
                if (name.matches()) {
                    names.add(
                            new Name(
                                    Integer.parseInt(name.group(1)),
                                    Long.parseLong(name.group(2))));
                }
            }
        }
        return names;
    }

    /** The hashes of a tile, whatever their number; null if it is not stored. */
    byte @Nullable [] find(Name name) {
        BsonDocument found = collection.find(Filters.eq(Fields.POSITION, name.text())).first();
        if (found == null) {
            return null;
        }
        return found.isBinary(Fields.HASHES)
                ? found.getBinary(Fields.HASHES).getData()
                : new byte[0];
    }

    /**
     * Stores tiles that are surely right, in place of others of their names. What fails is told and
     * left: the tile is derived again when it is needed.
     */
    void put(List<Tile> tiles) {
        if (tiles.isEmpty()) {
            return;
        }
        try {
            collection.insertMany(
                    tiles.stream().map(StoredTiles::document).toList(),
                    new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (Blobs.onlyDuplicates(e)) {
                replaceOthers(tiles);
            } else {
                notStored(e);
            }
        } catch (MongoException e) {
            notStored(e);
        }
    }

    private void replaceOthers(List<Tile> tiles) {
        try {
            List<String> replaced =
                    tiles.stream().filter(this::replaceAnother).map(StoredTiles::named).toList();
            if (!replaced.isEmpty()) {
                LOGGER.warn(
                        "{} tiles of the tree were of another history, as after a restore, or were"
                                + " changed. They are replaced by those that the events make: {}.",
                        replaced.size(),
                        String.join(", ", replaced));
            }
        } catch (MongoException e) {
            notStored(e);
        }
    }

    private boolean replaceAnother(Tile tile) {
        BsonBinary hashes = new BsonBinary(tile.hashes());
        return collection
                        .updateOne(
                                Filters.and(
                                        Filters.eq(Fields.POSITION, Name.of(tile).text()),
                                        Filters.ne(Fields.HASHES, hashes)),
                                Updates.set(Fields.HASHES, hashes))
                        .getMatchedCount()
                > 0;
    }

    private static String named(Tile tile) {
        return Name.of(tile).text().getValue();
    }

    private static void notStored(MongoException e) {
        LOGGER.info("Tiles were not stored, and will be later: {}", e.getMessage());
    }

    void remove(List<Name> names) {
        for (int from = 0; from < names.size(); from += MOST_NAMES_AT_ONCE) {
            List<Name> some =
                    names.subList(from, Math.min(names.size(), from + MOST_NAMES_AT_ONCE));
            collection.deleteMany(
                    Filters.in(Fields.POSITION, some.stream().map(Name::text).toList()));
        }
    }

    private static BsonDocument document(Tile tile) {
        return new BsonDocument(Fields.POSITION, Name.of(tile).text())
                .append(Fields.HASHES, new BsonBinary(tile.hashes()));
    }
}
