package dev.cadastre.eventstore.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.merkle.GrowingTree;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pins the bytes of {@code docs/formats/commit.md} by its vectors, made by another program. */
class CommitHashTest {

    private static final HexFormat HEX = HexFormat.of();

    private final List<JsonNode> commits =
            Vectors.read("commit-vectors.json").get("commits").valueStream().toList();

    @Test
    void a_commit_has_the_bytes_and_the_hash_of_the_vector() {
        for (JsonNode commit : commits) {
            assertThat(HEX.formatHex(bytes(commit))).isEqualTo(commit.get("bytes").stringValue());
            assertThat(HEX.formatHex(hash(commit))).isEqualTo(commit.get("hash").stringValue());
        }
    }

    @Test
    void each_commit_names_the_one_before_it_and_the_root_after_it() {
        List<JsonNode> envelopes =
                Vectors.read("envelope-vectors.json").get("valid").valueStream().toList();
        TreeHasher hasher = new TreeHasher();
        GrowingTree tree = new GrowingTree();
        byte[] previous = CommitHash.none();
        for (int i = 0; i < commits.size(); i++) {
            byte[] envelope = HEX.parseHex(envelopes.get(i).get("envelope").stringValue());
            tree.append(hasher.leaf(envelope));

            assertThat(hex(commits.get(i), "previous")).isEqualTo(previous);
            assertThat(hex(commits.get(i), "root")).isEqualTo(tree.root());
            previous = hash(commits.get(i));
        }
    }

    private static byte[] bytes(JsonNode commit) {
        return CommitHash.bytes(
                commit.get("position").longValue(),
                commit.get("events").intValue(),
                hex(commit, "previous"),
                hex(commit, "root"),
                commit.get("recordedAt").longValue(),
                UUID.fromString(commit.get("id").stringValue()),
                commit.get("epoch").longValue());
    }

    private static byte[] hash(JsonNode commit) {
        return CommitHash.of(
                commit.get("position").longValue(),
                commit.get("events").intValue(),
                hex(commit, "previous"),
                hex(commit, "root"),
                commit.get("recordedAt").longValue(),
                UUID.fromString(commit.get("id").stringValue()),
                commit.get("epoch").longValue());
    }

    private static byte[] hex(JsonNode commit, String field) {
        return HEX.parseHex(commit.get(field).stringValue());
    }
}
