package dev.cadastre.query.register.http;

import dev.cadastre.query.shared.http.CsvCells;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies as rows of a spreadsheet (RFC 4180). A life cycle takes two columns, {@code stage} and
 * {@code status}; what has parts of its own (attributes, relations, a purchase) is JSON in one
 * cell. A cell that a spreadsheet would take for a formula is led by an apostrophe, unless rows are
 * for machines.
 */
final class CsvRows {

    private static final String LIFECYCLE = "lifecycle";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final List<String> fields;
    private final CsvCells cells;

    CsvRows(List<String> fields, boolean raw) {
        this.fields = fields;
        this.cells = new CsvCells(raw);
    }

    byte[] header() {
        List<String> cells = new ArrayList<>();
        for (String field : fields) {
            if (field.equals(LIFECYCLE)) {
                cells.add("stage");
                cells.add("status");
            } else {
                cells.add(field);
            }
        }
        return (String.join(",", cells) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    byte[] rows(List<byte[]> bodies) {
        StringBuilder rows = new StringBuilder(bodies.size() * 256);
        for (byte[] body : bodies) {
            row(MAPPER.readTree(body), rows);
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void row(JsonNode body, StringBuilder row) {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                row.append(',');
            }
            String field = fields.get(i);
            if (field.equals(LIFECYCLE)) {
                cells.append(body.path(LIFECYCLE).path("stage"), row);
                row.append(',');
                cells.append(body.path(LIFECYCLE).path("status"), row);
            } else {
                cells.append(body.path(field), row);
            }
        }
        row.append("\r\n");
    }
}
