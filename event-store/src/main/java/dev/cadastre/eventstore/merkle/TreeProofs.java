package dev.cadastre.eventstore.merkle;

import java.util.ArrayList;
import java.util.List;

/** Makes the proofs of RFC 6962 sections 2.1.1 and 2.1.2. Not thread-safe. */
public final class TreeProofs {

    /** Gives the roots of the complete subtrees of a tree. */
    @FunctionalInterface
    public interface Subtrees {

        /**
         * The root over the leaves from {@code number << height} on, {@code 1 << height} of them.
         */
        byte[] root(int height, long number);
    }

    private final TreeHasher hasher = new TreeHasher();
    private final Subtrees subtrees;

    public TreeProofs(Subtrees subtrees) {
        this.subtrees = subtrees;
    }

    /** The path that shows that the leaf is in the tree of that size; the leaf's sibling first. */
    public List<byte[]> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        List<byte[]> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.addFirst(root(middle, to));
                to = middle;
            } else {
                path.addFirst(root(from, middle));
                from = middle;
            }
        }
        return path;
    }

    /** The path that shows that the tree of the older size is a prefix of the newer one. */
    public List<byte[]> consistency(long older, long newer) {
        if (older < 1 || older > newer) {
            throw new IllegalArgumentException("no proof from size " + older + " to " + newer);
        }
        List<byte[]> path = new ArrayList<>();
        long from = 0;
        long to = newer;
        boolean known = true;
        while (to > older) {
            long middle = from + split(to - from);
            if (older <= middle) {
                path.addFirst(root(middle, to));
                to = middle;
            } else {
                path.addFirst(root(from, middle));
                from = middle;
                known = false;
            }
        }
        if (!known) {
            path.addFirst(root(from, to));
        }
        return path;
    }

    private byte[] root(long from, long to) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            int height = Long.numberOfTrailingZeros(width);
            return subtrees.root(height, from >> height);
        }
        long middle = from + split(width);
        return hasher.node(root(from, middle), root(middle, to));
    }

    /** The largest power of two below the width. */
    private static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
