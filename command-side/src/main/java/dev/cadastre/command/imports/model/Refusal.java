package dev.cadastre.command.imports.model;

import dev.cadastre.events.imports.ImportEvent.ImportReject;
import org.jspecify.annotations.Nullable;

/**
 * Why a change is refused whole; later changes stand on their own.
 *
 * @param line the line at fault
 * @param ci the CI that line tells of, where it names one
 * @param detail what is wrong and what to do
 */
record Refusal(long line, @Nullable String ci, String detail) {

    private static final int LONGEST = 1_000;

    /** A refusal quotes the file, whose texts may be megabytes long. */
    Refusal {
        ci = ci == null ? null : clipped(ci);
        detail = clipped(detail);
    }

    ImportReject of(@Nullable String change) {
        return new ImportReject(line, change, ci, detail);
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
