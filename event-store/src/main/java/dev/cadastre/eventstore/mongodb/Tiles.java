package dev.cadastre.eventstore.mongodb;

import com.mongodb.client.MongoCollection;
import dev.cadastre.eventstore.commit.CommitHeader;
import dev.cadastre.eventstore.commit.LeafCheck;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.Tile;
import dev.cadastre.eventstore.merkle.TreeHasher;
import dev.cadastre.eventstore.mongodb.StoredTiles.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The full tiles of the tree. They follow from the log and lie beside it: one may be missing where
 * a process ended before it was stored, and those of another history may be there after a restore.
 * So a tile that contradicts an event is not believed before the root of the last commit was asked,
 * and what the root proves takes its place. Only where the events contradict the root is the log
 * damaged.
 */
final class Tiles implements LeafCheck.LeafTiles {

    private static final Logger LOGGER = LoggerFactory.getLogger(Tiles.class);

    /** So many are cheaper to find and to prove one by one. */
    private static final int FEW = Tile.WIDTH;

    private static final int STORED_AT_ONCE = 64;

    private final MongoCollection<RawBsonDocument> log;
    private final LeafHashes leaves;
    private final StoredTiles stored;

    Tiles(MongoCollection<RawBsonDocument> log, MongoCollection<BsonDocument> collection) {
        this.log = log;
        this.leaves = new LeafHashes(log);
        this.stored = new StoredTiles(collection);
    }

    /** Stores tiles of a durable commit; what fails is made good at the next opening. */
    void store(List<Tile> tiles) {
        stored.put(tiles);
    }

    @Override
    public byte @Nullable [] read(long number) {
        return stored.find(new Name(0, number));
    }

    @Override
    public byte @Nullable [] settled(long number, byte[] contradicted) {
        Name name = new Name(0, number);
        // Another process may have written on, so the end of the log is read after the tile.
        CommitHeader last = last();
        if (last == null || !name.isFull(last.next())) {
            removeBeyond(List.of(name), last);
            return null;
        }
        Edge edge = edge(last);
        Tile derived = derived(name, this::storedOrDerived);
        if (proves(edge, derived)) {
            stored.put(List.of(derived));
            return derived.hashes();
        }
        return contradicted;
    }

    /**
     * The right edge of the tree over the whole log. Tiles that are missing are stored, those that
     * reach beyond its end are removed, and those that contradict it are replaced.
     *
     * @param last the last commit; null if there is none
     * @throws LogException.Corrupt if the events do not have the root of the last commit
     */
    GrowingTree tree(@Nullable CommitHeader last) {
        Set<Name> names = stored.names();
        long size = last == null ? 0 : last.next();
        List<Name> beyond = names.stream().filter(name -> !name.isFull(size)).toList();
        if (!beyond.isEmpty()) {
            CommitHeader now = last();
            removeBeyond(
                    beyond.stream()
                            .filter(name -> now == null || !name.isFull(now.next()))
                            .toList(),
                    now);
        }
        if (last == null) {
            return new GrowingTree();
        }
        List<Name> missing = full(size).filter(name -> !names.contains(name)).toList();
        if (missing.size() > FEW || missing.stream().anyMatch(name -> name.level() > 0)) {
            return derivedEdge(last).tree();
        }
        Edge edge = edge(last);
        for (Name name : missing) {
            Tile tile = derived(name, this::storedOrDerived);
            if (!proves(edge, tile)) {
                return derivedEdge(last).tree();
            }
            stored.put(List.of(tile));
        }
        return edge.tree();
    }

    private void removeBeyond(List<Name> names, @Nullable CommitHeader last) {
        if (!names.isEmpty()) {
            LOGGER.warn(
                    "{} tiles of the tree reach beyond the {} events of the log: they are of a"
                            + " longer one, as after a restore. They are removed.",
                    names.size(),
                    last == null ? 0 : last.next());
            stored.remove(names);
        }
    }

    /**
     * The right edge of a tree whose root is that of a commit, so that all that it was made of is
     * proven.
     *
     * @param roots of the tiles that it was made of
     */
    private record Edge(GrowingTree tree, Map<Name, byte[]> roots) {}

    /** From the stored tiles, or where they contradict the last commit, from the envelopes. */
    private Edge edge(CommitHeader last) {
        Edge edge = edge(last, this::storedOrDerived);
        return edge == null ? derivedEdge(last) : edge;
    }

    /** Null if it has another root than the last commit. */
    private @Nullable Edge edge(CommitHeader last, Function<Name, Tile> tiles) {
        long size = last.next();
        Map<Name, byte[]> roots = new HashMap<>();
        GrowingTree tree =
                GrowingTree.resume(
                        size,
                        (level, number) -> {
                            Name name = new Name(level, number);
                            Tile tile = tiles.apply(name);
                            roots.put(name, GrowingTree.rootOf(tile));
                            return tile;
                        },
                        leaves.of(size - size % Tile.WIDTH, size));
        return Arrays.equals(tree.root(), last.root()) ? new Edge(tree, roots) : null;
    }

    /** From the envelopes alone; the stored tiles are put right. */
    private Edge derivedEdge(CommitHeader last) {
        LOGGER.warn(
                "The tree over {} events is derived from them, because tiles of it are missing or"
                        + " contradict the last commit, as after a restore.",
                last.next());
        List<Name> names = new ArrayList<>();
        Edge edge = edge(last, name -> compared(name, names));
        if (edge == null) {
            throw new LogException.Corrupt(
                    last.position(), "the events of the log do not have the commit's root");
        }
        // Those of a level are derived from those below, so these are stored first.
        names.sort(Comparator.comparingInt(Name::level));
        List<Tile> some = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            some.add(derived(names.get(i), this::storedOrDerived));
            if (some.size() == STORED_AT_ONCE
                    || i + 1 == names.size()
                    || names.get(i + 1).level() > names.get(i).level()) {
                stored.put(some);
                some.clear();
            }
        }
        return edge;
    }

    private Tile compared(Name name, List<Name> others) {
        Tile tile = derived(name, below -> compared(below, others));
        if (!Arrays.equals(stored.find(name), tile.hashes())) {
            others.add(name);
        }
        return tile;
    }

    /** Whether the root of a tile is in the one above it, and so on up to the edge. */
    private boolean proves(Edge edge, Tile tile) {
        Name name = Name.of(tile);
        byte[] root = GrowingTree.rootOf(tile);
        while (!edge.roots().containsKey(name)) {
            Tile above = storedOrDerived(name.above());
            int from = name.place() * TreeHasher.HASH_BYTES;
            if (!Arrays.equals(
                    root, 0, root.length, above.hashes(), from, from + TreeHasher.HASH_BYTES)) {
                return false;
            }
            root = GrowingTree.rootOf(above);
            name = name.above();
        }
        return Arrays.equals(root, edge.roots().get(name));
    }

    private Tile storedOrDerived(Name name) {
        byte[] there = stored.find(name);
        return there == null || there.length != Tile.BYTES
                ? derived(name, this::storedOrDerived)
                : new Tile(name.level(), name.number(), there);
    }

    private Tile derived(Name name, Function<Name, Tile> tiles) {
        long first = name.number() * Tile.WIDTH;
        List<byte[]> hashes;
        if (name.level() == 0) {
            hashes = leaves.of(first, first + Tile.WIDTH);
        } else {
            hashes = new ArrayList<>(Tile.WIDTH);
            for (long below = first; below < first + Tile.WIDTH; below++) {
                hashes.add(GrowingTree.rootOf(tiles.apply(new Name(name.level() - 1, below))));
            }
        }
        byte[] bytes = new byte[Tile.BYTES];
        for (int i = 0; i < Tile.WIDTH; i++) {
            System.arraycopy(
                    hashes.get(i), 0, bytes, i * TreeHasher.HASH_BYTES, TreeHasher.HASH_BYTES);
        }
        return new Tile(name.level(), name.number(), bytes);
    }

    private @Nullable CommitHeader last() {
        List<CommitHeader> last = CommitReading.lastHeaders(log, Long.MAX_VALUE, 1);
        return last.isEmpty() ? null : last.getFirst();
    }

    /** The names of all full tiles of a tree, those of a level after those below. */
    private static Stream<Name> full(long size) {
        return Stream.iterate(0, level -> Name.count(level, size) > 0, level -> level + 1)
                .flatMap(
                        level ->
                                LongStream.range(0, Name.count(level, size))
                                        .mapToObj(number -> new Name(level, number)));
    }
}
