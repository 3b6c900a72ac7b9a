package dev.cadastre.query.snapshots.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.register.kinds.RegisterKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published vectors, which were not made by this code. */
class SnapshotDigestVectorsTest {

    private static final JsonNode VECTORS =
            JsonMapper.builder()
                    .build()
                    .readTree(
                            Path.of("..", "docs", "formats", "snapshot-digest-vectors.json")
                                    .toFile());

    static List<JsonNode> things() {
        return VECTORS.path("things").valueStream().toList();
    }

    static List<JsonNode> digests() {
        return VECTORS.path("digests").valueStream().toList();
    }

    @ParameterizedTest
    @MethodSource("things")
    void a_thing_has_the_published_bytes_and_hash(JsonNode thing) {
        RegisterKind kind = kind(thing);
        assertThat(
                        new String(
                                EntityContent.canonical(kind, thing.path("body")),
                                StandardCharsets.UTF_8))
                .isEqualTo(thing.path("canonical").stringValue());
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        EntityContent.hash(
                                                kind, thing.path("body"), SnapshotDigest.sha256())))
                .isEqualTo(thing.path("sha256").stringValue());
    }

    @ParameterizedTest
    @MethodSource("digests")
    void things_have_the_published_digest(JsonNode vector) {
        SnapshotDigest digest = new SnapshotDigest();
        vector.path("things")
                .valueStream()
                .sorted(
                        Comparator.comparing((JsonNode thing) -> kind(thing).word())
                                .thenComparing(
                                        thing -> thing.path("id").stringValue(),
                                        Utf8Order.COMPARATOR))
                .forEach(
                        thing ->
                                digest.add(
                                        kind(thing),
                                        thing.path("id").stringValue(),
                                        thing.path("sha256").stringValue()));
        assertThat(VECTORS.path("format").intValue()).isEqualTo(SnapshotDigest.FORMAT);
        assertThat(digest.result().hex()).isEqualTo(vector.path("digest").stringValue());
        assertThat(digest.result().count()).isEqualTo(vector.path("things").size());
    }

    private static RegisterKind kind(JsonNode thing) {
        return Arrays.stream(RegisterKind.values())
                .filter(kind -> kind.word().equals(thing.path("kind").stringValue()))
                .findFirst()
                .orElseThrow();
    }
}
