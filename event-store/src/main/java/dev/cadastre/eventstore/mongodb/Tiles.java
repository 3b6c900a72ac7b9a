package dev.cadastre.eventstore.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.Tile;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The full tiles of the tree. They are stored behind the commit that fills them, so one may be
 * missing where a process ended in between; it is then derived from the envelopes and stored.
 */
final class Tiles {

    private static final Logger LOGGER = LoggerFactory.getLogger(Tiles.class);

    private final MongoCollection<RawBsonDocument> log;
    private final MongoCollection<BsonDocument> collection;

    Tiles(MongoCollection<RawBsonDocument> log, MongoCollection<BsonDocument> collection) {
        this.log = log;
        this.collection = collection;
    }

    /** Stores tiles of a durable commit; what fails is made good when the tile is needed. */
    void store(List<Tile> tiles) {
        if (tiles.isEmpty()) {
            return;
        }
        List<BsonDocument> documents =
                tiles.stream()
                        .map(
                                tile ->
                                        new BsonDocument(
                                                        Fields.POSITION,
                                                        name(tile.level(), tile.number()))
                                                .append(
                                                        Fields.HASHES,
                                                        new BsonBinary(tile.hashes())))
                        .toList();
        try {
            collection.insertMany(documents, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (!Blobs.onlyDuplicates(e)) {
                LOGGER.info("Tiles were not stored, and will be later: {}", e.getMessage());
            }
        } catch (MongoException e) {
            LOGGER.info("Tiles were not stored, and will be later: {}", e.getMessage());
        }
    }

    /** The hashes of a tile of leaves; null if it is not stored. */
    byte @Nullable [] leaves(long number) {
        return stored(0, number);
    }

    /** The right edge of the tree over the first events. */
    GrowingTree tree(long size) {
        long open = size - size % Tile.WIDTH;
        return GrowingTree.resume(size, this::tile, leafHashes(open, size));
    }

    private Tile tile(int level, long number) {
        byte[] stored = stored(level, number);
        if (stored != null) {
            if (stored.length != Tile.BYTES) {
                throw new LogException.Corrupt(
                        -1, "tile " + number + " of level " + level + " is damaged");
            }
            return new Tile(level, number, stored);
        }
        Tile derived = derived(level, number);
        store(List.of(derived));
        return derived;
    }

    private Tile derived(int level, long number) {
        long first = number * Tile.WIDTH;
        List<byte[]> hashes;
        if (level == 0) {
            hashes = leafHashes(first, first + Tile.WIDTH);
        } else {
            hashes = new ArrayList<>(Tile.WIDTH);
            for (long below = first; below < first + Tile.WIDTH; below++) {
                hashes.add(GrowingTree.rootOf(tile(level - 1, below)));
            }
        }
        byte[] bytes = new byte[Tile.BYTES];
        for (int i = 0; i < Tile.WIDTH; i++) {
            System.arraycopy(
                    hashes.get(i), 0, bytes, i * TreeHasher.HASH_BYTES, TreeHasher.HASH_BYTES);
        }
        return new Tile(level, number, bytes);
    }

    private List<byte[]> leafHashes(long from, long to) {
        List<byte[]> leaves = new ArrayList<>();
        if (from == to) {
            return leaves;
        }
        TreeHasher hasher = new TreeHasher();
        RawBsonDocument holder =
                log.find(Filters.lte(Fields.POSITION, from))
                        .sort(Sorts.descending(Fields.POSITION))
                        .limit(1)
                        .hint(CommitReading.BY_POSITION)
                        .projection(Projections.include(Fields.POSITION))
                        .first();
        long start = holder == null ? 0 : holder.getInt64(Fields.POSITION).getValue();
        for (RawBsonDocument found :
                log.find(
                                Filters.and(
                                        Filters.gte(Fields.POSITION, start),
                                        Filters.lt(Fields.POSITION, to)))
                        .sort(Sorts.ascending(Fields.POSITION))
                        .hint(CommitReading.BY_POSITION)
                        .projection(
                                Projections.include(
                                        Fields.EVENTS + "." + Fields.PLACE,
                                        Fields.EVENTS + "." + Fields.ENVELOPE))) {
            CommitDocument commit = CommitDocument.read(found);
            for (CommitDocument.EventPart event : commit.events()) {
                long position = commit.position() + event.place;
                if (position >= from && position < to) {
                    if (position != from + leaves.size()) {
                        throw new LogException.Corrupt(
                                from + leaves.size(), "the event is missing");
                    }
                    leaves.add(hasher.leaf(event.envelope));
                }
            }
        }
        if (leaves.size() != to - from) {
            throw new LogException.Corrupt(from + leaves.size(), "the event is missing");
        }
        return leaves;
    }

    private byte @Nullable [] stored(int level, long number) {
        BsonDocument found =
                collection.find(Filters.eq(Fields.POSITION, name(level, number))).first();
        if (found == null) {
            return null;
        }
        return found.isBinary(Fields.HASHES)
                ? found.getBinary(Fields.HASHES).getData()
                : new byte[0];
    }

    private static BsonString name(int level, long number) {
        return new BsonString(level + "/" + number);
    }
}
