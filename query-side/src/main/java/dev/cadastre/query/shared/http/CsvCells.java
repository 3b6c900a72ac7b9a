package dev.cadastre.query.shared.http;

import tools.jackson.databind.JsonNode;

/**
 * Values as cells of a spreadsheet (RFC 4180). What has parts of its own is JSON in one cell. A
 * text that a spreadsheet would take for a formula is led by an apostrophe, unless rows are for
 * machines.
 *
 * @param raw whether rows are for machines
 */
public record CsvCells(boolean raw) {

    private static final String FORMULA = "=+-@\t\r";

    /** Appends a cell; a value that is missing or null is an empty one. */
    public void append(JsonNode value, StringBuilder row) {
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (value.isString()) {
            appendText(value.stringValue(), row);
        } else {
            quoteWhereNeeded(value.toString(), row);
        }
    }

    private void appendText(String text, StringBuilder row) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        quoteWhereNeeded(formula && !raw ? "'" + text : text, row);
    }

    private static void quoteWhereNeeded(String text, StringBuilder row) {
        if (needsQuotes(text)) {
            row.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            row.append(text);
        }
    }

    private static boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return !text.isEmpty() && (text.charAt(0) == ' ' || text.endsWith(" "));
    }
}
