package dev.cadastre.command.imports.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive lines of one change: what becomes one change set.
 *
 * @param firstLine number of its first line in the file
 * @param firstCi the CI its first line tells of, where that line is readable
 * @param lineCount how many lines it has; more than {@code lines} holds where it is refused
 * @param digest SHA-256 over its lines as they stand, each closed by one LF
 * @param lines its lines in order; empty where it is refused
 * @param refusal why it cannot be taken whatever the register holds, or null
 * @param bytes the size of its lines in the file
 */
record HistoryChange(
        String name,
        long firstLine,
        @Nullable String firstCi,
        long lineCount,
        byte[] digest,
        List<HistoryLine> lines,
        @Nullable Refusal refusal,
        long bytes) {

    /** The largest change: as many events as one change set can hold. */
    static final int LARGEST = 25_000;
}
