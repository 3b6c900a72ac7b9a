package dev.cadastre.command.imports.model;

import dev.cadastre.events.imports.ImportEvent.ImportEnded;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a run's record spells its end: {@code completed}, or the reason for an early one. */
final class Outcomes {

    private static final String COMPLETED = "completed";

    private Outcomes() {}

    static String word(ImportRun.@Nullable Problem problem) {
        return problem == null ? COMPLETED : word(problem.reason());
    }

    static ImportRun.@Nullable Problem problem(ImportEnded ended) {
        for (EndReason reason : EndReason.values()) {
            if (word(reason).equals(ended.outcome())) {
                String detail = ended.problem() == null ? "" : ended.problem();
                return new ImportRun.Problem(reason, ended.lines(), detail);
            }
        }
        return null;
    }

    private static String word(EndReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
