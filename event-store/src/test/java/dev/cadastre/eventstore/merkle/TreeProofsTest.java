package dev.cadastre.eventstore.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every proof in every tree below a size, and what is wrong with each in every way. */
class TreeProofsTest {

    private static final int SIZES = 70;

    private final TreeHasher hasher = new TreeHasher();
    private final ProofCheck check = new ProofCheck();
    private final List<byte[]> leaves = new ArrayList<>();
    private final List<byte[]> roots = new ArrayList<>();
    private final TreeProofs proofs = new TreeProofs(this::subtree);

    TreeProofsTest() {
        GrowingTree tree = new GrowingTree();
        roots.add(tree.root());
        for (int i = 0; i < SIZES; i++) {
            byte[] leaf = hasher.leaf(ByteBuffer.allocate(4).putInt(i).array());
            leaves.add(leaf);
            tree.append(leaf);
            roots.add(tree.root());
        }
    }

    @Test
    void every_leaf_of_every_tree_is_proven_to_be_in_it_and_nowhere_else() {
        for (int size = 1; size <= SIZES; size++) {
            for (int index = 0; index < size; index++) {
                List<byte[]> path = proofs.inclusion(index, size);
                byte[] leaf = leaves.get(index);
                byte[] root = roots.get(size);

                assertThat(check.inclusion(index, size, leaf, path, root)).isTrue();
                assertThat(check.inclusion(index, size, leaf, path, roots.get(size - 1))).isFalse();
                assertThat(check.inclusion(index ^ 1, size, leaf, path, root)).isFalse();
                assertThat(check.inclusion(size, size, leaf, path, root)).isFalse();
                assertThat(check.inclusion(index, size, flipped(leaf), path, root)).isFalse();
                for (List<byte[]> wrong : mutations(path)) {
                    assertThat(check.inclusion(index, size, leaf, wrong, root)).isFalse();
                }
            }
        }
    }

    @Test
    void every_tree_is_proven_to_be_a_prefix_of_every_later_one() {
        for (int newer = 1; newer <= SIZES; newer++) {
            for (int older = 1; older <= newer; older++) {
                List<byte[]> path = proofs.consistency(older, newer);
                byte[] before = roots.get(older);
                byte[] after = roots.get(newer);

                assertThat(check.consistency(older, newer, before, after, path)).isTrue();
                assertThat(check.consistency(older, newer, flipped(before), after, path)).isFalse();
                assertThat(check.consistency(older, newer, before, flipped(after), path)).isFalse();
                for (List<byte[]> wrong : mutations(path)) {
                    assertThat(check.consistency(older, newer, before, after, wrong)).isFalse();
                }
            }
            assertThat(check.consistency(0, newer, roots.get(0), roots.get(newer), List.of()))
                    .isFalse();
        }
    }

    private byte[] subtree(int height, long number) {
        if (height == 0) {
            return leaves.get((int) number);
        }
        return hasher.node(subtree(height - 1, 2 * number), subtree(height - 1, 2 * number + 1));
    }

    private static List<List<byte[]>> mutations(List<byte[]> path) {
        List<List<byte[]>> wrong = new ArrayList<>();
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(new byte[TreeHasher.HASH_BYTES]);
        wrong.add(longer);
        for (int i = 0; i < path.size(); i++) {
            List<byte[]> shorter = new ArrayList<>(path);
            shorter.remove(i);
            wrong.add(shorter);
            List<byte[]> changed = new ArrayList<>(path);
            changed.set(i, flipped(path.get(i)));
            wrong.add(changed);
        }
        return wrong;
    }

    private static byte[] flipped(byte[] hash) {
        byte[] other = hash.clone();
        other[other.length / 2] ^= 1;
        return other;
    }
}
