package dev.cadastre.query.shared.http;

import tools.jackson.databind.JsonNode;

/**
 * Values as cells of a spreadsheet (RFC 4180). What has parts of its own is JSON in one cell.
 *
 * @param texts how texts read
 */
public record CsvCells(SpreadsheetText texts) {

    /**
     * @param raw whether rows are for machines
     */
    public CsvCells(boolean raw) {
        this(new SpreadsheetText(raw));
    }

    /** Appends a cell; a value that is missing or null is an empty one. */
    public void append(JsonNode value, StringBuilder row) {
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (value.isString()) {
            quoteWhereNeeded(texts.neutral(value.stringValue()), row);
        } else {
            quoteWhereNeeded(value.toString(), row);
        }
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
