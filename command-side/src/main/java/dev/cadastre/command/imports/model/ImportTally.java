package dev.cadastre.command.imports.model;

import dev.cadastre.events.imports.ImportEvent.ImportReject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what a run has done. Written by the run's thread, read by anyone. */
final class ImportTally {

    private long lines;
    private long events;
    private long changes;
    private long skipped;
    private long rejected;
    private long position = -1;
    private final List<ImportReject> rejects = new ArrayList<>();

    synchronized void read(long upToLine) {
        lines = upToLine;
    }

    synchronized void recorded(int count, long lastPosition) {
        events += count;
        changes++;
        position = Math.max(position, lastPosition);
    }

    synchronized void skipped() {
        skipped++;
    }

    synchronized void rejected(ImportReject reject) {
        rejected++;
        if (rejects.size() < ImportRun.REJECTS_KEPT) {
            rejects.add(reject);
        }
    }

    synchronized ImportRun snapshot(
            ImportRun began,
            ImportState state,
            @Nullable Long endedAt,
            long ownPosition,
            ImportRun.@Nullable Problem problem) {
        return new ImportRun(
                began.id(),
                began.profile(),
                began.source(),
                began.dryRun(),
                state,
                began.startedAt(),
                endedAt,
                lines,
                events,
                changes,
                skipped,
                rejected,
                began.dryRun() ? -1 : Math.max(position, ownPosition),
                problem,
                List.copyOf(rejects));
    }
}
