package dev.cadastre.query.versions.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.query.versions.store.VersionStoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BodyCompressionProperties {

    private static final String BODY =
            "{\"id\":\"web-1\",\"class\":\"server\",\"attributes\":{\"environment\":\"production\"},"
                    + "\"relations\":[],\"version\":0,\"validFrom\":\"2026-01-01T00:00:00Z\","
                    + "\"recordedFrom\":\"2026-01-01T00:00:00.000001Z\",\"position\":17}";

    private final BodyCompression compression = new BodyCompression();

    @Property
    void what_was_compressed_comes_back(@ForAll("bodies") byte[] body) {
        byte[] stored = compression.compress(body);
        assertThat(stored.length).isLessThanOrEqualTo(body.length);
        assertThat(BodyCompression.expand(stored)).isEqualTo(body);
    }

    @Property
    void what_was_compressed_after_another_comes_back(
            @ForAll("bodies") byte[] body, @ForAll("bodies") byte[] base) {
        byte[] stored = compression.compress(body, 77, base);
        long row = BodyCompression.rowOfBase(stored);
        if (row < 0) {
            assertThat(stored).isEqualTo(body);
        } else {
            assertThat(row).isEqualTo(77);
            assertThat(BodyCompression.expand(stored, base)).isEqualTo(body);
        }
    }

    @Property
    void a_damaged_block_never_does_worse_than_say_so_or_read_otherwise(
            @ForAll byte value, @ForAll short place) {
        byte[] stored = compression.compress(BODY.getBytes(StandardCharsets.UTF_8));
        stored[1 + Math.floorMod(place, Math.min(stored.length - 1, 120))] = value;
        stored[4] = 0;
        stored[3] = 0;
        try {
            BodyCompression.expand(stored);
        } catch (VersionStoreException told) {
            assertThat(told).hasMessageContaining("rebuilt");
        }
    }

    @Example
    void an_ordinary_body_takes_less_than_half_the_room() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        assertThat(compression.compress(body).length).isLessThan(body.length / 2);
    }

    @Example
    void a_block_that_ends_early_is_damaged() {
        byte[] stored = compression.compress(BODY.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> BodyCompression.expand(Arrays.copyOf(stored, stored.length - 3)))
                .isInstanceOf(VersionStoreException.class);
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> words =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                List.of("\"version\":", "\"relations\":[", "aaaaaaaa", ",", "ü")),
                        Arbitraries.strings().ofMaxLength(40));
        return words.list()
                .ofMaxSize(200)
                .map(parts -> ("{" + String.join("", parts)).getBytes(StandardCharsets.UTF_8));
    }
}
