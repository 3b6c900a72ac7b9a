package dev.cadastre.events.imports;

import dev.cadastre.events.Event;
import dev.cadastre.events.StoredAs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of one import run. */
public sealed interface ImportEvent extends Event {

    /** A file began to be read. */
    @StoredAs("import.started")
    record ImportStarted(String profile, String source, boolean dryRun) implements ImportEvent {}

    /**
     * The run ended.
     *
     * @param outcome {@code completed}, or why the run ended before the end of its file, told in
     *     {@code problem}: {@code malformed}, {@code too-large}, {@code aborted}, {@code
     *     unavailable}, {@code failed}
     * @param lines lines read
     * @param events events recorded by this run, its own record left out
     * @param changes change sets recorded, {@code skipped} those already there, {@code rejected}
     *     those refused
     * @param rejects the first refusals, at most 1,000
     */
    @StoredAs("import.ended")
    record ImportEnded(
            String outcome,
            @Nullable String problem,
            long lines,
            long events,
            long changes,
            long skipped,
            long rejected,
            List<ImportReject> rejects)
            implements ImportEvent {
        public ImportEnded {
            rejects = rejects == null ? List.of() : List.copyOf(rejects);
        }
    }

    /** Why a line, and with it its whole change, was refused. */
    record ImportReject(long line, @Nullable String change, @Nullable String ci, String detail) {}
}
