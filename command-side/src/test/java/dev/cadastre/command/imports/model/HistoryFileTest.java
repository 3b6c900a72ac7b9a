package dev.cadastre.command.imports.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cadastre.command.imports.model.HistoryLine.Operation;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.ci.Relation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class HistoryFileTest {

    private static final String HEAD =
            "\"at\":\"2018-04-12T19:29:44Z\",\"by\":\"user-0001\",\"reason\":\"begin\",";

    @Test
    void a_line_is_read_with_its_types() throws UnreadableFile {
        HistoryChange change =
                only(
                        """
                        {"seq":1,"at":"2018-04-12T19:29:44.000001Z","authoredAt":"x","committedAt":"y","by":"u",\
                        "change":"c","op":"register","ci":"a/b %;ü","class":"host",\
                        "set":{"Zip.Code":11973,"Active":true,"Tags":["x",2,false],"Name":"é","Empty":[]},\
                        "relationsAdded":[{"type":"partOf","to":"b"}]}
                        """);

        HistoryLine line = change.lines().getFirst();
        assertThat(line.at())
                .isEqualTo(Microseconds.of(Instant.parse("2018-04-12T19:29:44.000001Z")));
        assertThat(line.operation()).isEqualTo(Operation.REGISTER);
        assertThat(line.ci()).isEqualTo("a/b %;ü");
        assertThat(line.reason()).isNull();
        assertThat(line.set())
                .isEqualTo(
                        Map.of(
                                "Zip.Code",
                                11973L,
                                "Active",
                                true,
                                "Tags",
                                List.of("x", 2L, false),
                                "Name",
                                "é",
                                "Empty",
                                List.of()));
        assertThat(line.relationsAdded()).containsExactly(new Relation("partOf", "b"));
    }

    @Test
    void consecutive_lines_of_one_change_are_read_together() throws UnreadableFile {
        List<HistoryChange> changes =
                all(register(1, "one", "a") + register(2, "one", "b") + register(3, "two", "c"));

        assertThat(changes).extracting(HistoryChange::name).containsExactly("one", "two");
        assertThat(changes).extracting(HistoryChange::lineCount).containsExactly(2L, 1L);
        assertThat(changes).extracting(HistoryChange::firstLine).containsExactly(1L, 3L);
    }

    @Test
    void the_digest_tells_contents_apart_and_ignores_line_ends() throws UnreadableFile {
        String lines = register(1, "one", "a") + register(2, "one", "b");
        byte[] digest = only(lines).digest();

        assertThat(only(lines.replace("\n", "\r\n")).digest()).isEqualTo(digest);
        assertThat(only(lines.stripTrailing()).digest()).isEqualTo(digest);
        assertThat(only(lines.replace("\"b\"", "\"c\"")).digest()).isNotEqualTo(digest);
        assertThat(all(lines + register(3, "two", "x")).getFirst().digest()).isEqualTo(digest);
    }

    @Test
    void gzip_is_recognised_by_its_first_bytes() throws Exception {
        byte[] zipped = gzip(register(1, "one", "a").getBytes(StandardCharsets.UTF_8));

        assertThat(all(new ByteArrayInputStream(zipped))).hasSize(1);
    }

    @Test
    void an_empty_file_holds_no_change() throws UnreadableFile {
        assertThat(all("")).isEmpty();
        assertThat(all("\n\r\n")).isEmpty();
    }

    @Test
    void a_gap_in_the_numbering_ends_the_file_with_the_open_change() throws UnreadableFile {
        HistoryFile file =
                file(register(1, "one", "a") + register(2, "two", "b") + register(4, "two", "c"));

        assertThat(file.next()).isNotNull();
        UnreadableFile end = catchThrowableOfType(UnreadableFile.class, file::next);
        assertThat(end.reason()).isEqualTo(EndReason.MALFORMED);
        assertThat(end.line()).isEqualTo(3);
        assertThat(end).hasMessageContaining("seq 4 where 3 is next");
        assertThat(file.openChange()).isEqualTo("two");
    }

    @Test
    void a_file_that_does_not_begin_at_its_first_line_is_refused() {
        assertThatThrownBy(() -> all(register(2, "one", "a")))
                .hasMessageContaining("seq 2 where 1 is next");
    }

    @Test
    void what_is_no_json_ends_the_file_at_its_line() {
        for (String broken :
                List.of(
                        "{\"seq\":1,",
                        "[1]",
                        "{} {}",
                        "nonsense",
                        "{\"seq\":\"1\",\"change\":\"c\"}",
                        "{\"seq\":1}",
                        "{\"seq\":1,\"change\":7}",
                        "{\"seq\":99999999999999999999,\"change\":\"c\"}",
                        "{\"seq\":1,\"change\":\"\u0000\"}",
                        "[".repeat(2_000))) {
            assertThatThrownBy(() -> all("\n" + broken + "\n"))
                    .as(broken)
                    .isInstanceOf(UnreadableFile.class)
                    .hasMessageStartingWith("Line 2 ");
        }
    }

    @Test
    void a_line_that_can_be_read_but_not_taken_refuses_its_change_only() throws UnreadableFile {
        List<HistoryChange> changes =
                all(
                        register(1, "one", "a")
                                + register(2, "one", "b").replace("\"class\"", "\"klass\"")
                                + register(3, "one", "c")
                                + register(4, "two", "d"));

        assertThat(changes.get(0).refusal())
                .isEqualTo(
                        new Refusal(
                                2,
                                "b",
                                "Line 2: the field \"klass\" is not part of the profile history."
                                        + " Remove it."));
        assertThat(changes.get(0).lines()).isEmpty();
        assertThat(changes.get(0).lineCount()).isEqualTo(3);
        assertThat(changes.get(1).refusal()).isNull();
    }

    @Test
    void each_kind_of_wrong_field_is_named() throws UnreadableFile {
        Map<String, String> refusals =
                Map.ofEntries(
                        Map.entry("\"op\":\"destroy\"", "\"op\" is not one of"),
                        Map.entry("\"op\":7", "\"op\" is not text"),
                        Map.entry("\"op\":\"update\",\"op\":\"update\"", "is there twice"),
                        Map.entry(
                                "\"op\":\"update\",\"at\":\"2018-02-30T00:00:00Z\"",
                                "\"at\" is not a time"),
                        Map.entry("\"op\":\"update\",\"by\":null", "\"by\" is not text"),
                        Map.entry("\"op\":\"update\",\"set\":[1]", "\"set\" is not an object"),
                        Map.entry("\"op\":\"update\",\"set\":{\"x\":1.5}", "\"x\" is not text"),
                        Map.entry("\"op\":\"update\",\"set\":{\"x\":{}}", "\"x\" is not text"),
                        Map.entry("\"op\":\"update\",\"set\":{\"x\":null}", "\"x\" is not text"),
                        Map.entry("\"op\":\"update\",\"set\":{\"x\":[[1]]}", "\"x\" is not text"),
                        Map.entry(
                                "\"op\":\"update\",\"set\":{\"x\":1,\"x\":2}", "names \"x\" twice"),
                        Map.entry(
                                "\"op\":\"update\",\"set\":{\"x\":9007199254740992}", "±(2^53-1)"),
                        Map.entry("\"op\":\"update\",\"unset\":\"x\"", "\"unset\" is not an array"),
                        Map.entry("\"op\":\"update\",\"unset\":[1]", "\"unset\" is not text"),
                        Map.entry(
                                "\"op\":\"update\",\"relationsAdded\":[{\"type\":\"x\"}]",
                                "holds something else"),
                        Map.entry(
                                "\"op\":\"update\",\"relationsAdded\":[7]", "holds something else"),
                        Map.entry(
                                "\"op\":\"update\",\"relationsAdded\":[{\"type\":\"x\",\"to\":\"y\",\"z\":1}]",
                                "unknown field \"z\""),
                        Map.entry("\"op\":\"register\"", "\"class\" is missing"),
                        Map.entry(
                                "\"op\":\"register\",\"class\":\"c\",\"unset\":[]",
                                "takes no \"unset\""),
                        Map.entry("\"op\":\"remove\",\"set\":{}", "takes no \"set\""));
        for (Map.Entry<String, String> wrong : refusals.entrySet()) {
            String line =
                    "{\"seq\":1,"
                            + HEAD
                            + "\"change\":\"c\",\"ci\":\"a\","
                            + wrong.getKey()
                            + "}\n";
            assertThat(only(line).refusal())
                    .as(line)
                    .satisfies(
                            refusal ->
                                    assertThat(refusal.detail())
                                            .startsWith("Line 1: ")
                                            .contains(wrong.getValue()));
        }
    }

    @Test
    void lines_of_one_change_agree_on_time_author_and_reason() throws UnreadableFile {
        HistoryChange change =
                only(
                        register(1, "one", "a")
                                + register(2, "one", "b").replace("user-0001", "user-0002"));

        assertThat(change.refusal().line()).isEqualTo(2);
        assertThat(change.refusal().detail()).contains("differs from line 1");
    }

    @Test
    void a_change_of_25_000_lines_is_taken_and_of_one_more_is_refused() throws UnreadableFile {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= HistoryChange.LARGEST; i++) {
            lines.append(register(i, "big", "ci-" + i));
        }
        assertThat(only(lines.toString()).lines()).hasSize(HistoryChange.LARGEST);

        lines.append(register(HistoryChange.LARGEST + 1, "big", "one-more"));
        HistoryChange larger = only(lines.toString());
        assertThat(larger.refusal().line()).isEqualTo(HistoryChange.LARGEST + 1);
        assertThat(larger.lines()).isEmpty();
    }

    @Test
    void a_line_of_8_mib_is_read_and_a_longer_one_ends_the_file() throws UnreadableFile {
        String frame = register(1, "c", "a");
        String fits =
                frame.replace("}", " ".repeat(LineReader.LONGEST_LINE + 1 - frame.length()) + "}");
        assertThat(only(fits).refusal()).isNull();

        assertThatThrownBy(() -> all(fits.replace(" }", "  }")))
                .isInstanceOfSatisfying(
                        UnreadableFile.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(EndReason.TOO_LARGE);
                            assertThat(e.line()).isEqualTo(1);
                        });
    }

    @Test
    void broken_gzip_ends_the_file_after_what_could_be_read() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 5_000; i++) {
            lines.append(register(i, "c" + i, "ci-" + Math.sin(i)));
        }
        byte[] zipped = gzip(lines.toString().getBytes(StandardCharsets.UTF_8));
        byte[] broken = zipped.clone();
        Arrays.fill(broken, broken.length / 2, broken.length / 2 + 20, (byte) 0xff);

        for (byte[] bytes : List.of(broken, Arrays.copyOf(zipped, zipped.length / 2))) {
            HistoryFile file = new HistoryFile(new ByteArrayInputStream(bytes));
            UnreadableFile end =
                    catchThrowableOfType(
                            UnreadableFile.class,
                            () -> {
                                while (file.next() != null) {}
                            });
            assertThat(end.reason()).isEqualTo(EndReason.MALFORMED);
            assertThat(end).hasMessageContaining("gzip");
            assertThat(end.line()).isBetween(1_000L, 4_500L);
        }
    }

    @Test
    void an_over_compressed_body_is_refused_before_it_is_expanded() throws Exception {
        byte[] bomb = gzip(new byte[64 << 20]);
        byte[] blankLines = new byte[64 << 20];
        Arrays.fill(blankLines, (byte) '\n');

        for (byte[] body : List.of(bomb, gzip(blankLines))) {
            assertThatThrownBy(() -> all(new ByteArrayInputStream(body)))
                    .isInstanceOfSatisfying(
                            UnreadableFile.class,
                            e -> assertThat(e.reason()).isEqualTo(EndReason.TOO_LARGE));
        }
    }

    @Test
    void a_body_that_breaks_off_is_told_from_one_that_ends() {
        InputStream aborted =
                new InputStream() {
                    private final InputStream start =
                            new ByteArrayInputStream(
                                    register(1, "one", "a").getBytes(StandardCharsets.UTF_8));

                    @Override
                    public int read() throws IOException {
                        int next = start.read();
                        if (next < 0) {
                            throw new IOException("connection reset");
                        }
                        return next;
                    }
                };
        assertThatThrownBy(() -> all(aborted))
                .isInstanceOfSatisfying(
                        UnreadableFile.class,
                        e -> assertThat(e.reason()).isEqualTo(EndReason.ABORTED));
    }

    private static String register(int seq, String change, String ci) {
        return "{\"seq\":"
                + seq
                + ","
                + HEAD
                + "\"change\":\""
                + change
                + "\",\"op\":\"register\",\"ci\":\""
                + ci
                + "\",\"class\":\"host\"}\n";
    }

    private static HistoryFile file(String lines) {
        return new HistoryFile(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private static HistoryChange only(String lines) throws UnreadableFile {
        List<HistoryChange> changes = all(lines);
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }

    private static List<HistoryChange> all(String lines) throws UnreadableFile {
        return all(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<HistoryChange> all(InputStream body) throws UnreadableFile {
        HistoryFile file = new HistoryFile(body);
        List<HistoryChange> changes = new ArrayList<>();
        for (HistoryChange next = file.next(); next != null; next = file.next()) {
            changes.add(next);
        }
        return changes;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        }
        return zipped.toByteArray();
    }
}
