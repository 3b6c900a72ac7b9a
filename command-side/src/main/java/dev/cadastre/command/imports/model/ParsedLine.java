package dev.cadastre.command.imports.model;

import org.jspecify.annotations.Nullable;

/**
 * What the parser made of one line of JSON: its content, or why the line, and with it its whole
 * change, is refused.
 *
 * @param content null exactly where {@code refusal} is not
 */
record ParsedLine(
        long line,
        long sequence,
        String change,
        @Nullable HistoryLine content,
        @Nullable Refusal refusal) {}
