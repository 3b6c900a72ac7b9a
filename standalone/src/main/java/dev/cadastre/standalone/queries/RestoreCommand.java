package dev.cadastre.standalone.queries;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.CommandOptions;
import dev.cadastre.standalone.answers.HelpOption;
import dev.cadastre.standalone.client.ApiPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings a CI back to how it was. */
@Command(
        name = "restore",
        description = {
            "Bring a CI back to an earlier version, by one new event that names it.",
            "\"cadastre history cis ID\" shows what there was."
        })
public final class RestoreCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec command;
    @Mixin private HelpOption help = new HelpOption();
    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private CommandOptions why = new CommandOptions();

    @Parameters(paramLabel = "ID", description = "The CI.")
    private String id = "";

    @Option(names = "--version", paramLabel = "N", description = "To its version of that number.")
    private @Nullable Integer version;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "To how it was then (default: now).")
    private @Nullable String asOf;

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description = "To what was known then; or position:N.")
    private @Nullable String knownAt;

    @Option(
            names = "--effective-at",
            paramLabel = "INSTANT",
            description = "When it was, or will be, brought back (default: now).")
    private @Nullable String effectiveAt;

    @Override
    public Integer call() {
        ObjectNode body = HttpJson.mapper().createObjectNode();
        if (version != null) {
            body.put("version", version.intValue());
        }
        if (asOf != null) {
            body.put("asOf", asOf);
        }
        if (knownAt != null) {
            body.put("knownAt", knownAt);
        }
        if (body.isEmpty()) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "Say to which state: --version N, --as-of INSTANT or --known-at INSTANT.");
        }
        Map<String, String> headers = new LinkedHashMap<>(why.headers());
        if (effectiveAt != null) {
            headers.put("Effective-At", effectiveAt);
        }
        Answers answers = options.answers();
        JsonNode answer =
                answers.client().command(ApiPath.of("cis", id, "restoration"), body, headers);
        // What is asked next shows it.
        answers.client().awaitPosition(answer.path("position").asLong(-1));
        answers.show(answer);
        return 0;
    }
}
