package dev.cadastre.eventstore.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowingTreeTest {

    private static final HexFormat HEX = HexFormat.of();

    /** The eight leaves that implementations of RFC 6962 are commonly tested with. */
    private static final List<String> LEAVES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    /** The beginning and the end of the root over the first n of them. */
    private static final List<String> ROOTS =
            List.of(
                    "e3b0c442 b855",
                    "6e340b9c a01d",
                    "fac54203 c125",
                    "aeb6bcfe 6e77",
                    "d37ee418 14b7",
                    "4e3bbb1f 64d4",
                    "76e67dad 87ef",
                    "ddb89be4 4c8c",
                    "5dc9da79 4328");

    private final TreeHasher hasher = new TreeHasher();

    @Test
    void the_roots_of_the_classic_leaves_are_those_known() {
        GrowingTree tree = new GrowingTree();
        for (int size = 0; size <= LEAVES.size(); size++) {
            String root = HEX.formatHex(tree.root());
            assertThat(root).startsWith(ROOTS.get(size).substring(0, 8));
            assertThat(root).endsWith(ROOTS.get(size).substring(9));
            if (size < LEAVES.size()) {
                tree.append(hasher.leaf(HEX.parseHex(LEAVES.get(size))));
            }
        }
        assertThat(HEX.formatHex(tree.root()))
                .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    void single_hashes_are_those_known() {
        assertThat(HEX.formatHex(hasher.leaf(ascii("L123456"))))
                .startsWith("395aa064")
                .endsWith("4d56");
        assertThat(HEX.formatHex(hasher.node(ascii("N123"), ascii("N456"))))
                .startsWith("aa217fe8")
                .endsWith("6bbb");
    }

    @Test
    void the_root_is_that_of_the_recursive_definition_at_every_size() {
        GrowingTree tree = new GrowingTree();
        List<byte[]> leaves = new ArrayList<>();
        for (int size = 0; size < 600; size++) {
            assertThat(tree.root()).isEqualTo(rootByDefinition(leaves));
            byte[] leaf = leaf(size);
            leaves.add(leaf);
            tree.append(leaf);
        }
    }

    @Test
    void a_tree_is_found_again_from_its_full_tiles_and_its_last_leaves() {
        Map<String, Tile> tiles = new HashMap<>();
        List<byte[]> lastLeaves = new ArrayList<>();
        GrowingTree tree = new GrowingTree();
        for (int size = 1; size <= 66_600; size++) {
            byte[] leaf = leaf(size);
            tree.append(leaf);
            lastLeaves.add(leaf);
            for (Tile tile : tree.takeFullTiles()) {
                assertThat(tiles.put(tile.level() + "/" + tile.number(), tile)).isNull();
            }
            if (size % Tile.WIDTH == 0) {
                lastLeaves.clear();
            }
            if (size % 8_191 == 0 || size == 65_535 || size == 65_536 || size == 65_537) {
                GrowingTree resumed =
                        GrowingTree.resume(
                                size,
                                (level, number) -> tiles.get(level + "/" + number),
                                lastLeaves);
                assertThat(resumed.root()).isEqualTo(tree.root());
                GrowingTree grown = tree.copy();
                for (int more = 0; more < 700; more++) {
                    grown.append(leaf(-more));
                    resumed.append(leaf(-more));
                }
                assertThat(resumed.root()).isEqualTo(grown.root());
                assertThat(resumed.takeFullTiles())
                        .usingRecursiveComparison()
                        .isEqualTo(grown.takeFullTiles());
            }
        }
        assertThat(tiles).hasSize(66_600 / 256 + 1).containsKey("1/0");
    }

    @Test
    void a_copy_grows_on_its_own() {
        GrowingTree tree = new GrowingTree();
        for (int i = 0; i < 300; i++) {
            tree.append(leaf(i));
        }
        byte[] root = tree.root();

        GrowingTree copy = tree.copy();
        copy.append(leaf(300));

        assertThat(tree.root()).isEqualTo(root).isNotEqualTo(copy.root());
        assertThat(tree.size()).isEqualTo(300);
    }

    private byte[] leaf(int number) {
        return hasher.leaf(ByteBuffer.allocate(4).putInt(number).array());
    }

    private byte[] rootByDefinition(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return hasher.emptyRoot();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return hasher.node(
                rootByDefinition(leaves.subList(0, split)),
                rootByDefinition(leaves.subList(split, leaves.size())));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
