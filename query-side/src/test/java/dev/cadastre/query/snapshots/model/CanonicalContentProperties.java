package dev.cadastre.query.snapshots.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.register.kinds.RegisterKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The content of a thing, beside what an implementation of RFC 8785 by others writes. */
class CanonicalContentProperties {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST = (1L << 53) - 1;

    @Property(tries = 300)
    void content_is_what_another_implementation_of_RFC_8785_writes(
            @ForAll("bodies") Map<String, Object> body) throws IOException {
        ObjectNode json = JSON.valueToTree(body);
        String others = new JsonCanonicalizer(JSON.writeValueAsString(json)).getEncodedString();

        assertThat(
                        new String(
                                EntityContent.canonical(RegisterKind.ASSET, json),
                                StandardCharsets.UTF_8))
                .isEqualTo(others);
    }

    @Provide
    Arbitrary<Map<String, Object>> bodies() {
        Arbitrary<Object> values =
                Arbitraries.oneOf(
                        texts().map(text -> (Object) text),
                        Arbitraries.longs().between(-LARGEST, LARGEST).map(number -> number),
                        Arbitraries.of(true, false).map(truth -> truth));
        Arbitrary<Object> nested =
                Arbitraries.oneOf(
                        values,
                        values.list().ofMaxSize(4).map(List::copyOf),
                        Arbitraries.maps(texts(), values).ofMaxSize(6).map(Map::copyOf));
        return Arbitraries.maps(texts(), nested).ofMaxSize(8);
    }

    /** Controls, quotes, slashes, and what UTF-16 orders otherwise than UTF-8. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 0x9f),
                        Arbitraries.of(0x20ac, 0x2028, 0xe000, 0xfb33, 0xffff, 0x1f600, 0x10ffff))
                .list()
                .ofMaxSize(6)
                .map(
                        points ->
                                points.stream()
                                        .collect(
                                                StringBuilder::new,
                                                StringBuilder::appendCodePoint,
                                                StringBuilder::append)
                                        .toString());
    }
}
