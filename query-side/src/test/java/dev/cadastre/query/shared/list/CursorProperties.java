package dev.cadastre.query.shared.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.query.shared.time.Coordinates;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CursorProperties {

    @Property
    void a_cursor_reads_as_it_was_written(
            @ForAll long asOf, @ForAll long position, @ForAll boolean isFinal, @ForAll long query) {
        Cursor cursor =
                new Cursor(new Coordinates(asOf, ~asOf, position, isFinal, !isFinal), 17, query);
        assertThat(Cursor.decode(cursor.encode(), query)).isEqualTo(cursor);
    }

    @Property
    void a_cursor_with_any_character_changed_is_refused(
            @ForAll long asOf, @ForAll @IntRange(max = 66) int place, @ForAll char other) {
        Cursor cursor = new Cursor(new Coordinates(asOf, 1, 2, false, false), 17, 3);
        StringBuilder text = new StringBuilder(cursor.encode());
        int at = Math.min(place, text.length() - 2);
        if (text.charAt(at) != other) {
            text.setCharAt(at, other);
            assertThatThrownBy(() -> Cursor.decode(text.toString(), 3))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("cursor");
        }
    }

    @Property
    void a_cursor_of_another_query_is_refused(@ForAll long query, @ForAll long other) {
        if (query != other) {
            Cursor cursor = new Cursor(new Coordinates(1, 1, 2, false, false), 17, query);
            assertThatThrownBy(() -> Cursor.decode(cursor.encode(), other))
                    .isInstanceOf(ProblemException.class);
        }
    }
}
