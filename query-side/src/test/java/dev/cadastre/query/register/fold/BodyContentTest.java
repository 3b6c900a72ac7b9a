package dev.cadastre.query.register.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyContentTest {

    @Test
    void the_same_state_in_another_version_is_the_same_content() {
        assertThat(same(body(1, 10, "v"), body(2, 20, "v"))).isTrue();
    }

    @Test
    void another_state_is_not() {
        assertThat(same(body(1, 10, "v"), body(1, 10, "w"))).isFalse();
        assertThat(same(body(1, 10, "v"), body(1, 10, "vv"))).isFalse();
    }

    @Test
    void a_value_that_looks_like_a_version_is_content() {
        assertThat(same(body(1, 10, "\"version\":1"), body(1, 10, "\"version\":2"))).isFalse();
        assertThat(same(body(1, 10, "\"version\":1"), body(3, 10, "\"version\":1"))).isTrue();
    }

    private static boolean same(byte[] one, byte[] other) {
        return BodyJson.haveSameContent(one, other);
    }

    private static byte[] body(int number, long position, String value) {
        return BodyJson.write(
                "a",
                new StateVersion(
                        number,
                        1_000 * position,
                        position,
                        2_000 * position,
                        new CiState(
                                "server",
                                null,
                                null,
                                null,
                                SortedValues.of(Map.of("version", value)),
                                List.of())));
    }
}
