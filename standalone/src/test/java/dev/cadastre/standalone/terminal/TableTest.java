package dev.cadastre.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final int NO_TERMINAL = Integer.MAX_VALUE;

    @Test
    void columns_are_as_wide_as_their_widest_cell_and_numbers_end_alike() {
        assertThat(
                        written(
                                NO_TERMINAL,
                                List.of("ID", "CITY", "CORES"),
                                table -> {
                                    table.row(List.of("web", "東京", "8"));
                                    table.row(List.of("database", "", "16"));
                                }))
                .isEqualTo(
                        """
                        ID        CITY  CORES
                        web       東京      8
                        database           16
                        """);
    }

    @Test
    void a_column_in_which_nothing_is_known_is_left_out() {
        assertThat(
                        written(
                                NO_TERMINAL,
                                List.of("ID", "NAME", "CLASS"),
                                table -> table.row(List.of("web", "", "server"))))
                .isEqualTo("ID   CLASS\nweb  server\n");
    }

    @Test
    void on_a_terminal_the_widest_columns_give_way() {
        assertThat(
                        written(
                                33,
                                List.of("ID", "WHAT", "WHY"),
                                table -> {
                                    table.row(List.of("web", "a".repeat(30), "b".repeat(20)));
                                    table.row(List.of("db", "short", ""));
                                }))
                .isEqualTo(
                        """
                        ID   WHAT           WHY
                        web  aaaaaaaaaaaa\u2026  bbbbbbbbbbbb\u2026
                        db   short
                        """);
    }

    @Test
    void columns_that_could_not_be_read_are_left_out_from_the_right() {
        assertThat(
                        written(
                                24,
                                List.of("ID", "WHAT", "WHY"),
                                table -> table.row(List.of("web", "a".repeat(30), "b".repeat(20)))))
                .isEqualTo("ID   WHAT\nweb  " + "a".repeat(18) + "\u2026\n");
    }

    @Test
    void a_cell_that_comes_late_cannot_widen_the_table_of_a_terminal() {
        String text =
                written(
                        80,
                        List.of("ID", "WHAT"),
                        table -> {
                            for (int i = 0; i < 1_000; i++) {
                                table.row(List.of("x", "abc"));
                            }
                            table.row(List.of("x", "abcdefgh"));
                        });

        assertThat(text).endsWith("x   abc\nx   abc\u2026\n");
    }

    @Test
    void a_table_that_is_followed_has_each_row_at_once_and_widens_while_there_is_room() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Table table = Table.following(out, List.of("ID", "WHAT", "WHY"), 3, 4, 3);
        table.heading();

        table.row(List.of("web", "abcdef", "x"));
        table.row(List.of("db", "abc", "y"));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("ID   WHAT  WHY\nweb  abcdef  x\ndb   abc     y\n");
    }

    @Test
    void a_name_cannot_command_the_terminal() {
        assertThat(
                        written(
                                NO_TERMINAL,
                                List.of("ID"),
                                table -> table.row(List.of("\u001b[31mred\u001b[0m\nadmin"))))
                .isEqualTo("ID\n\u241b[31mred\u241b[0m\u240aadmin\n");
    }

    @Test
    void without_rows_there_is_no_heading() {
        assertThat(written(80, List.of("ID"), _ -> {})).isEmpty();
    }

    private static String written(int columns, List<String> headings, Consumer<Table> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Table table = Table.on(out, headings, columns)) {
            rows.accept(table);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
