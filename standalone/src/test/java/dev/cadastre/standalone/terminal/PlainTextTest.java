package dev.cadastre.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @Test
    void what_moves_the_cursor_or_ends_the_line_is_shown_and_not_done() {
        assertThat(PlainText.of("\u001b[2Jred\u0007\r\nnext\ttab\u007f"))
                .isEqualTo("\u241b[2Jred\u2407\u240d\u240anext\u2409tab\u2421");
        assertThat(PlainText.of("\u009b31m\u2028\u2029")).isEqualTo("\ufffd31m\ufffd\ufffd");
    }

    @Test
    void what_reorders_or_hides_text_is_shown() {
        assertThat(PlainText.of("a\u202eb\u2066c\u200bd\ufeff"))
                .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffd");
    }

    @Test
    void half_a_character_is_shown_as_missing() {
        assertThat(PlainText.of("a\ud800b")).isEqualTo("a\ufffdb");
    }

    @Test
    void letters_of_all_scripts_and_joined_signs_stay() {
        for (String text : new String[] {"Zürich", "東京", "नमस्ते", "👩‍💻", "🇳🇴", "e\u0301"}) {
            assertThat(PlainText.of(text)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "plain, 5",
        "Zürich, 6",
        "東京, 4",
        "한글, 4",
        "ｆｕｌｌ, 8",
        "👩‍💻, 2",
        "🚀x, 3",
        "☁️, 2"
    })
    void width_is_counted_in_columns(String text, int columns) {
        assertThat(PlainText.width(text)).isEqualTo(columns);
    }

    @Test
    void an_accent_of_its_own_takes_no_column() {
        assertThat(PlainText.width("e\u0301")).isEqualTo(1);
    }

    @Test
    void what_is_cut_is_no_wider_than_wanted_and_ends_between_letters() {
        assertThat(PlainText.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(PlainText.cut("abcdefg", 6)).isEqualTo("abcde\u2026");
        assertThat(PlainText.cut("東京都", 4)).isEqualTo("東\u2026");
        assertThat(PlainText.cut("ab👩‍💻👩‍💻", 5)).isEqualTo("ab👩‍💻\u2026");
    }
}
