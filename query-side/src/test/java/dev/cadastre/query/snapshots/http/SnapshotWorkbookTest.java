package dev.cadastre.query.snapshots.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Snapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The items of a snapshot as a workbook, read by a reader of such files. */
class SnapshotWorkbookTest {

    private static final String LONG_TEXT = "é".repeat(40_000);

    @TempDir static Path directory;

    private static QueryServer server;
    private static HttpResponse<byte[]> answer;

    @BeforeAll
    static void start() throws Exception {
        server =
                QueryServer.start(
                        directory, Clock.fixed(Snapshots.AS_OF, ZoneOffset.UTC), ZoneOffset.UTC);
        Estate.record(server.recorded());
        server.recorded()
                .at(
                        "2024-02-01T00:00:00Z",
                        StreamId.asset("@SUM(A1)"),
                        new AssetRegistered(
                                "In stock",
                                "Available",
                                Map.of("name", "-2+3", "location", "\u0001 & <\uD83D\uDE00>"),
                                Map.of("note", LONG_TEXT)));
        Snapshots.take(server.recorded(), "q 1/2", SnapshotScope.ALL);
        Snapshots.awaitSealed(server.recorded().log(), "q 1/2");
        answer = workbook("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void it_is_a_file_to_save() {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"snapshot-q_1_2.xlsx\"");
    }

    @Test
    void the_first_sheet_says_what_an_auditor_asks_of_a_report() throws Exception {
        Map<String, String> about =
                rows(answer, "Snapshot").stream()
                        .collect(
                                Collectors.toMap(
                                        row -> row.getCellText(0), row -> row.getCellText(1)));
        String digest = server.json("/api/v1/snapshots/q%201%2F2").path("digest").stringValue();
        assertThat(about)
                .containsEntry("Snapshot", "q 1/2")
                .containsEntry("As of", "2024-06-01T00:00:00Z")
                .containsEntry("Digest", digest)
                .containsEntry("Rows", "5")
                .containsEntry("Rows: asset", "2")
                .containsEntry("Rows: ci", "3")
                .containsKeys("Position", "Tree root", "Taken by", "Exported by", "Exported at");
    }

    @Test
    void every_item_is_a_row_in_the_sheet_of_its_kind() throws Exception {
        List<Map<String, String>> cis = table(answer, "CIs");
        assertThat(cis).extracting(row -> row.get("id")).containsExactly("db", "rack", "web");
        assertThat(cis.getLast())
                .containsEntry("class", "service")
                .containsEntry("relations", "[{\"type\":\"dependsOn\",\"to\":\"db\"}]");
        assertThat(cis.getLast().get("sha256")).hasSize(64);
        assertThat(table(answer, "Assets"))
                .extracting(row -> row.get("id"))
                .containsExactly("'@SUM(A1)", "laptop");
    }

    @Test
    void nothing_in_it_is_a_formula_and_everything_fits_into_a_cell() throws Exception {
        for (String sheet : List.of("Snapshot", "Assets", "CIs")) {
            for (Row row : rows(answer, sheet)) {
                assertThat(row.stream().filter(cell -> cell != null).map(Cell::getType))
                        .doesNotContain(CellType.FORMULA, CellType.ERROR);
            }
        }
        Map<String, String> asset = table(answer, "Assets").getFirst();
        assertThat(asset)
                .containsEntry("name", "'-2+3")
                .containsEntry("location", "\uFFFD & <\uD83D\uDE00>");
        assertThat(asset.get("attributes")).hasSize(32_767).endsWith("é…");
    }

    @Test
    void a_machine_may_have_the_cells_as_they_are() throws Exception {
        assertThat(table(workbook("?raw=true"), "Assets").getFirst())
                .containsEntry("id", "@SUM(A1)")
                .containsEntry("name", "-2+3");
    }

    @Test
    void a_workbook_has_no_pages() throws Exception {
        assertThat(workbook("?limit=1").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<byte[]> workbook(String query) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + server.port()
                                                    + "/api/v1/snapshots/q%201%2F2/items"
                                                    + query))
                            .header("Authorization", "Bearer " + server.token())
                            .header("Accept", ItemFormat.XLSX.type().toString())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static List<Row> rows(HttpResponse<byte[]> workbook, String name) throws IOException {
        try (ReadableWorkbook read =
                new ReadableWorkbook(new ByteArrayInputStream(workbook.body()))) {
            Sheet sheet = read.findSheet(name).orElseThrow();
            return sheet.read();
        }
    }

    private static List<Map<String, String>> table(HttpResponse<byte[]> workbook, String name)
            throws IOException {
        List<Row> rows = rows(workbook, name);
        return rows.stream()
                .skip(1)
                .map(
                        row -> {
                            Map<String, String> cells = new LinkedHashMap<>();
                            for (int i = 0; i < rows.getFirst().getCellCount(); i++) {
                                cells.put(rows.getFirst().getCellText(i), row.getCellText(i));
                            }
                            return cells;
                        })
                .toList();
    }
}
