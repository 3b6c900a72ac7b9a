package dev.cadastre.eventstore.merkle;

import java.util.Arrays;
import java.util.List;

/** Checks the proofs of RFC 6962, as worded in RFC 9162 section 2.1. Not thread-safe. */
public final class ProofCheck {

    private final TreeHasher hasher = new TreeHasher();

    /** Whether the path shows that the leaf is in the tree. */
    public boolean inclusion(
            long index, long size, byte[] leafHash, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long leaf = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] step : path) {
            if (last == 0) {
                return false;
            }
            if (isOdd(leaf) || leaf == last) {
                hash = hasher.node(step, hash);
                while (!isOdd(leaf) && leaf != 0) {
                    leaf >>= 1;
                    last >>= 1;
                }
            } else {
                hash = hasher.node(hash, step);
            }
            leaf >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the path shows that the older tree, not an empty one, is a prefix of the newer. */
    public boolean consistency(
            long older, long newer, byte[] olderRoot, byte[] newerRoot, List<byte[]> path) {
        if (older < 1 || older > newer) {
            return false;
        }
        if (older == newer) {
            return path.isEmpty() && Arrays.equals(olderRoot, newerRoot);
        }
        long node = older - 1;
        long last = newer - 1;
        while (isOdd(node)) {
            node >>= 1;
            last >>= 1;
        }
        // A complete older tree is itself a subtree of the newer: its root is the first step.
        boolean complete = Long.bitCount(older) == 1;
        if (!complete && path.isEmpty()) {
            return false;
        }
        byte[] first = complete ? olderRoot : path.getFirst();
        byte[] ofOlder = first;
        byte[] ofNewer = first;
        for (byte[] step : complete ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if (isOdd(node) || node == last) {
                ofOlder = hasher.node(step, ofOlder);
                ofNewer = hasher.node(step, ofNewer);
                while (!isOdd(node) && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                ofNewer = hasher.node(ofNewer, step);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(ofOlder, olderRoot) && Arrays.equals(ofNewer, newerRoot);
    }

    private static boolean isOdd(long number) {
        return (number & 1) == 1;
    }
}
