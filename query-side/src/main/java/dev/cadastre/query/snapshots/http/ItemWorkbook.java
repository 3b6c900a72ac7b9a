package dev.cadastre.query.snapshots.http;

import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.http.SpreadsheetText;
import dev.cadastre.query.snapshots.model.Item;
import dev.cadastre.query.snapshots.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The items of a snapshot as a workbook, written while it is read. The first sheet says what an
 * auditor asks of a report before trusting it: what it was made from, with which parameters, how
 * many rows it must have, by whom and when. Then a sheet for each kind, and further ones where rows
 * do not fit into one.
 */
final class ItemWorkbook implements Iterator<byte[]> {

    private static final String APPLICATION = "Cadastre";
    private static final String FORMAT = "01.0000";

    /** A worksheet has 1,048,576 rows; the first one is the header. */
    private static final int MOST_ROWS = 1_048_575;

    private static final int CHUNK_BYTES = 32_768;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * CHUNK_BYTES);
    private final Workbook workbook = new Workbook(bytes, APPLICATION, FORMAT);
    private final Snapshot snapshot;
    private final Iterator<List<Item>> chunks;
    private final SpreadsheetText texts;
    private @Nullable Worksheet sheet;
    private @Nullable RegisterKind kind;
    private List<String> columns = List.of();
    private int row;
    private int sheetsOfKind;
    private boolean finished;

    /**
     * @param count how many items there are
     * @param principal who exports them
     * @param exportedAt microseconds since 1970
     * @param raw whether cells are for machines
     */
    ItemWorkbook(
            Snapshot snapshot,
            long count,
            Iterator<List<Item>> chunks,
            String principal,
            long exportedAt,
            boolean raw) {
        this.snapshot = snapshot;
        this.chunks = chunks;
        this.texts = new SpreadsheetText(raw);
        try {
            describe(count, principal, exportedAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void describe(long count, String principal, long exportedAt) throws IOException {
        Worksheet about = workbook.newWorksheet("Snapshot");
        about.width(0, 24);
        about.width(1, 72);
        SnapshotCoordinates at = snapshot.taken().coordinates();
        int line = 0;
        line = line(about, line, "Report", "Items of a snapshot of the register");
        line = line(about, line, "Snapshot", snapshot.id());
        line = line(about, line, "Name", snapshot.taken().name());
        line = line(about, line, "Purpose", snapshot.taken().purpose());
        String kindWord = snapshot.taken().scope().kind();
        line = line(about, line, "Scope: kind", kindWord == null ? "asset, ci" : kindWord);
        for (Map.Entry<String, List<String>> facet : snapshot.taken().scope().facets().entrySet()) {
            String values =
                    String.join(
                            " or ",
                            facet.getValue().stream()
                                    .map(value -> value.isEmpty() ? "(unknown)" : value)
                                    .toList());
            line = line(about, line, "Scope: " + facet.getKey(), values);
        }
        line = line(about, line, "As of", at.asOf().toString());
        line = line(about, line, "Known at", at.knownAt().toString());
        line = line(about, line, "Position", Long.toString(at.position()));
        line = line(about, line, "Tree size", Long.toString(at.treeSize()));
        line = line(about, line, "Tree root", at.root());
        Snapshot.@Nullable Sealing sealing = snapshot.sealing();
        line =
                line(
                        about,
                        line,
                        "Digest",
                        sealing == null ? "not sealed yet" : sealing.sealed().digest());
        line =
                line(
                        about,
                        line,
                        "Digest format",
                        sealing == null
                                ? null
                                : "docs/formats/snapshot-digest.md, format "
                                        + sealing.sealed().format());
        line = line(about, line, "Rows", Long.toString(count));
        if (sealing != null) {
            for (Map.Entry<String, Long> each : sealing.sealed().entities().entrySet()) {
                line = line(about, line, "Rows: " + each.getKey(), Long.toString(each.getValue()));
            }
        }
        line = line(about, line, "Taken by", snapshot.takenBy().envelope().principal());
        line =
                line(
                        about,
                        line,
                        "Taken at",
                        InstantText.format(snapshot.takenBy().envelope().recordedAt()));
        line = line(about, line, "Exported by", principal);
        line = line(about, line, "Exported at", InstantText.format(exportedAt));
        line(
                about,
                line,
                "Longest text",
                "A cell holds 32,767 characters: longer texts end in … and are whole in NDJSON and"
                        + " CSV.");
        about.finish();
    }

    private int line(Worksheet about, int line, String name, @Nullable String value) {
        if (value == null) {
            return line;
        }
        about.inlineString(line, 0, name);
        about.inlineString(line, 1, texts.cell(value));
        return line + 1;
    }

    @Override
    public boolean hasNext() {
        return !finished;
    }

    @Override
    public byte[] next() {
        if (finished) {
            throw new NoSuchElementException();
        }
        try {
            while (bytes.size() < CHUNK_BYTES && chunks.hasNext()) {
                for (Item item : chunks.next()) {
                    write(item);
                }
                if (sheet != null) {
                    sheet.flush();
                }
            }
            if (!chunks.hasNext() && bytes.size() < CHUNK_BYTES) {
                if (sheet != null) {
                    sheet.finish();
                }
                workbook.finish();
                finished = true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] chunk = bytes.toByteArray();
        bytes.reset();
        return chunk;
    }

    private void write(Item item) throws IOException {
        Worksheet into = sheetFor(item.kind());
        ObjectNode cells = ItemRows.cells(item);
        for (int column = 0; column < columns.size(); column++) {
            write(into, column, cells.path(columns.get(column)));
        }
        row++;
    }

    private void write(Worksheet into, int column, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (value.isIntegralNumber()) {
            into.value(row, column, value.longValue());
        } else {
            into.inlineString(
                    row,
                    column,
                    texts.cell(value.isString() ? value.stringValue() : value.toString()));
        }
    }

    private Worksheet sheetFor(RegisterKind wanted) throws IOException {
        if (sheet != null && kind == wanted && row <= MOST_ROWS) {
            return sheet;
        }
        if (sheet != null) {
            sheet.finish();
        }
        sheetsOfKind = kind == wanted ? sheetsOfKind + 1 : 1;
        kind = wanted;
        columns = ItemRows.columns(List.of(wanted));
        Worksheet next =
                workbook.newWorksheet(
                        (wanted == RegisterKind.CI ? "CIs" : "Assets")
                                + (sheetsOfKind == 1 ? "" : " " + sheetsOfKind));
        next.freezePane(0, 1);
        for (int column = 0; column < columns.size(); column++) {
            next.inlineString(0, column, columns.get(column));
        }
        row = 1;
        sheet = next;
        return next;
    }
}
