package dev.cadastre.standalone.snapshots;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.CommandOptions;
import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.ScopeOptions;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.FacetValue;
import dev.cadastre.standalone.terminal.OutputFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes a snapshot, and waits for its digest. */
@Command(
        name = "take",
        description = {
            "Take a snapshot, and show it when it is sealed with its digest.",
            "Taking it copies nothing; what it shows never changes."
        },
        mixinStandardHelpOptions = true)
final class TakeSnapshot implements Callable<Integer> {

    private static final long LOOK_EVERY_MILLIS = 200;

    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private CommandOptions why = new CommandOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Parameters(paramLabel = "NAME", description = "For people: what it is a snapshot of.")
    private String name = "";

    @Option(names = "--purpose", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String purpose;

    @Option(names = "--id", paramLabel = "ID", description = "Its id (default: one is made up).")
    private @Nullable String id;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "${COMPLETION-CANDIDATES} (default: both).")
    private @Nullable Kind kind;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "What was true then (default: now).")
    private @Nullable String asOf;

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description = "What was known then; or position:N (default: all that is known).")
    private @Nullable String knownAt;

    @Option(
            names = "--seal-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for the digest (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Override
    public Integer call() throws InterruptedException {
        Answers answers = options.answers();
        JsonNode taken = answers.client().command(SnapshotPath.of(), body(), why.headers());
        JsonNode snapshot = sealed(answers, taken.path("id").asString(""));
        answers.show(options.format() == OutputFormat.TABLE ? SnapshotCard.of(snapshot) : snapshot);
        return 0;
    }

    private ObjectNode body() {
        ObjectNode body = HttpJson.mapper().createObjectNode().put("name", name);
        put(body, "purpose", purpose);
        put(body, "id", id);
        put(body, "asOf", asOf);
        put(body, "knownAt", knownAt);
        if (kind != null || !scope.isEmpty()) {
            ObjectNode asked = body.putObject("scope");
            put(asked, "kind", kind == null ? null : kind.word());
            ObjectNode facets = asked.putObject("facets");
            for (FacetValue condition : scope.conditions()) {
                ArrayNode values =
                        facets.path(condition.facet()) instanceof ArrayNode present
                                ? present
                                : facets.putArray(condition.facet());
                values.add(condition.value());
            }
        }
        return body;
    }

    private static void put(ObjectNode body, String member, @Nullable String text) {
        if (text != null) {
            body.put(member, text);
        }
    }

    private JsonNode sealed(Answers answers, String id) throws InterruptedException {
        ApiPath path = SnapshotPath.of(id);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
        while (true) {
            JsonNode snapshot = answers.client().getJson(path.text());
            if (snapshot.has("digest")) {
                return snapshot;
            }
            if (System.nanoTime() > end) {
                throw new CommandRefused(
                        "Snapshot "
                                + id
                                + " is taken, but has no digest yet. \"cadastre snapshot show "
                                + id
                                + "\" shows when it has.");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
