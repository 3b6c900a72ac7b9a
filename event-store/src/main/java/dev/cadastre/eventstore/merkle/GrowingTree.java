package dev.cadastre.eventstore.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a Merkle tree: all that is needed to append leaves, to tell the root, and to
 * give out each tile once it is full. Holds a hash for each bit of the size, and the hashes of the
 * tiles that are not yet full. Not thread-safe.
 */
public final class GrowingTree {

    /** Reads full tiles. */
    @FunctionalInterface
    public interface TileSource {
        Tile read(int level, long number);
    }

    private static final int TILE_HEIGHT = 8;
    private static final int MOST_BITS = 63;

    private final TreeHasher hasher = new TreeHasher();
    private final byte[][] subtrees;
    private final List<List<byte[]>> open;
    private final List<Tile> full = new ArrayList<>();
    private long size;

    /** An empty tree. */
    public GrowingTree() {
        this(0, new byte[MOST_BITS][], new ArrayList<>());
    }

    private GrowingTree(long size, byte[][] subtrees, List<List<byte[]>> open) {
        this.size = size;
        this.subtrees = subtrees;
        this.open = open;
    }

    /**
     * Finds the right edge of a stored tree again.
     *
     * @param lastLeaves the hashes of the leaves behind the last full tile
     */
    public static GrowingTree resume(long size, TileSource tiles, List<byte[]> lastLeaves) {
        if (lastLeaves.size() != size % Tile.WIDTH) {
            throw new IllegalArgumentException(
                    lastLeaves.size() + " leaves behind the last full tile of a tree of " + size);
        }
        GrowingTree tree = new GrowingTree();
        tree.size = size;
        tree.openAt(0).addAll(lastLeaves);
        tree.closeOver(0);
        int level = 0;
        for (long tilesBelow = size / Tile.WIDTH; tilesBelow > 0; tilesBelow /= Tile.WIDTH) {
            long first = tilesBelow - tilesBelow % Tile.WIDTH;
            List<byte[]> hashes = tree.openAt(level + 1);
            for (long number = first; number < tilesBelow; number++) {
                hashes.add(rootOf(tiles.read(level, number)));
            }
            level++;
            tree.closeOver(level);
        }
        return tree;
    }

    public long size() {
        return size;
    }

    /** Appends a leaf by its hash. */
    public void append(byte[] leafHash) {
        openAt(0).add(leafHash);
        byte[] hash = leafHash;
        int height = 0;
        while ((size >> height & 1) == 1) {
            hash = hasher.node(subtrees[height], hash);
            subtrees[height] = null;
            height++;
            if (height % TILE_HEIGHT == 0) {
                int level = height / TILE_HEIGHT;
                fill(level - 1);
                openAt(level).add(hash);
            }
        }
        subtrees[height] = hash;
        size++;
    }

    public byte[] root() {
        byte[] root = null;
        for (byte[] subtree : subtrees) {
            if (subtree != null) {
                root = root == null ? subtree : hasher.node(subtree, root);
            }
        }
        return root == null ? hasher.emptyRoot() : root;
    }

    /** The tiles filled since the last call, each once. */
    public List<Tile> takeFullTiles() {
        List<Tile> taken = List.copyOf(full);
        full.clear();
        return taken;
    }

    /** A tree that grows on its own from here. */
    public GrowingTree copy() {
        List<List<byte[]>> copies = new ArrayList<>(open.size());
        for (List<byte[]> level : open) {
            copies.add(new ArrayList<>(level));
        }
        return new GrowingTree(size, Arrays.copyOf(subtrees, subtrees.length), copies);
    }

    private List<byte[]> openAt(int level) {
        while (open.size() <= level) {
            open.add(new ArrayList<>(Tile.WIDTH));
        }
        return open.get(level);
    }

    private void fill(int level) {
        List<byte[]> hashes = open.get(level);
        byte[] bytes = new byte[Tile.BYTES];
        for (int i = 0; i < Tile.WIDTH; i++) {
            System.arraycopy(
                    hashes.get(i), 0, bytes, i * TreeHasher.HASH_BYTES, TreeHasher.HASH_BYTES);
        }
        long number = (size >> (level + 1) * TILE_HEIGHT);
        full.add(new Tile(level, number, bytes));
        hashes.clear();
    }

    /** Hashes an open tile into one subtree for each bit of its count. */
    private void closeOver(int level) {
        List<byte[]> hashes = openAt(level);
        int from = 0;
        for (int bit = TILE_HEIGHT - 1; bit >= 0; bit--) {
            int width = 1 << bit;
            if ((hashes.size() & width) != 0) {
                subtrees[level * TILE_HEIGHT + bit] =
                        perfect(hasher, hashes.subList(from, from + width));
                from += width;
            }
        }
    }

    /** The hash of the level above that a full tile stands for. */
    public static byte[] rootOf(Tile tile) {
        List<byte[]> hashes = new ArrayList<>(Tile.WIDTH);
        for (int from = 0; from < Tile.BYTES; from += TreeHasher.HASH_BYTES) {
            hashes.add(Arrays.copyOfRange(tile.hashes(), from, from + TreeHasher.HASH_BYTES));
        }
        return perfect(new TreeHasher(), hashes);
    }

    private static byte[] perfect(TreeHasher hasher, List<byte[]> hashes) {
        List<byte[]> row = hashes;
        while (row.size() > 1) {
            List<byte[]> above = new ArrayList<>(row.size() / 2);
            for (int i = 0; i < row.size(); i += 2) {
                above.add(hasher.node(row.get(i), row.get(i + 1)));
            }
            row = above;
        }
        return row.getFirst();
    }
}
