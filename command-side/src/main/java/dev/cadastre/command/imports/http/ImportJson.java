package dev.cadastre.command.imports.http;

import dev.cadastre.command.imports.model.EndReason;
import dev.cadastre.command.imports.model.ImportRun;
import dev.cadastre.command.imports.model.ImportState;
import dev.cadastre.events.imports.ImportEvent.ImportReject;
import dev.cadastre.http.problem.Problem;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.time.InstantText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How runs and refusals read over HTTP. */
final class ImportJson {

    private ImportJson() {}

    static Map<String, Object> run(ImportRun run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", run.id());
        json.put("profile", run.profile());
        json.put("source", run.source());
        json.put("dryRun", run.dryRun());
        json.put("state", run.state().word());
        json.put("startedAt", InstantText.format(run.startedAt()));
        put(json, "endedAt", run.endedAt() == null ? null : InstantText.format(run.endedAt()));
        // Nobody counted to the end what an interrupted run did.
        if (run.state() != ImportState.INTERRUPTED) {
            json.put("lines", run.lines());
            json.put("events", run.events());
            json.put("changes", run.changes());
            json.put("skipped", run.skipped());
            json.put("rejected", run.rejected());
        }
        json.put("position", run.position());
        put(json, "problem", run.problem() == null ? null : problem(run, run.problem()));
        return json;
    }

    static Map<String, Object> reject(ImportReject reject) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("line", reject.line());
        put(json, "change", reject.change());
        put(json, "ci", reject.ci());
        json.put("detail", reject.detail());
        return json;
    }

    private static Map<String, Object> problem(ImportRun run, ImportRun.Problem problem) {
        return Problem.members(exception(problem), ImportRoutes.PATH + "/" + run.id());
    }

    static ProblemException exception(ImportRun.Problem problem) {
        return new ProblemException(type(problem.reason()), problem.detail())
                .with("line", problem.line());
    }

    static ProblemType type(EndReason reason) {
        return switch (reason) {
            case MALFORMED, ABORTED -> ProblemType.MALFORMED;
            case TOO_LARGE -> ProblemType.TOO_LARGE;
            case UNAVAILABLE -> ProblemType.UNAVAILABLE;
            case FAILED -> ProblemType.INTERNAL;
        };
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
