package dev.cadastre.command.imports.model;

import dev.cadastre.events.imports.ImportEvent.ImportReject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an import run at one moment.
 *
 * @param startedAt microseconds since 1970
 * @param endedAt null while it is running, and where it was interrupted
 * @param lines lines read
 * @param events events recorded by it, its own record left out
 * @param changes changes recorded
 * @param skipped changes that had been recorded before
 * @param rejected changes refused
 * @param position position of the last event it recorded and made durable; -1 for none
 * @param problem why it ended early, or null
 * @param rejects the first refusals, at most {@value #REJECTS_KEPT}
 */
public record ImportRun(
        String id,
        String profile,
        String source,
        boolean dryRun,
        ImportState state,
        long startedAt,
        @Nullable Long endedAt,
        long lines,
        long events,
        long changes,
        long skipped,
        long rejected,
        long position,
        @Nullable Problem problem,
        List<ImportReject> rejects) {

    /** How many refusals a run keeps; further ones are only counted. */
    public static final int REJECTS_KEPT = 1_000;

    /**
     * Why a run ended early.
     *
     * @param line the line at which reading stopped
     */
    public record Problem(EndReason reason, long line, String detail) {}

    public boolean ended() {
        return state != ImportState.RUNNING;
    }
}
