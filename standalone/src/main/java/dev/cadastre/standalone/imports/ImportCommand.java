package dev.cadastre.standalone.imports;

import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.client.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/**
 * Sends files to a running server, one after the other, and returns when what they tell can be
 * queried. Prints each run as one line of JSON.
 */
@Command(
        name = "import",
        description = {
            "Send files to a running server; returns when what they tell can be queried.",
            "Exit status: 0 all was taken, 1 something was refused, 2 wrong usage."
        },
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

    private static final int REFUSALS_SHOWN = 10;

    @Spec private @Nullable CommandSpec command;

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(
            names = "--profile",
            required = true,
            paramLabel = "PROFILE",
            description = "What the files are; history is the one profile there is.")
    private String profile = "";

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description =
                    "Where the files come from: a change is known by source and name (default: the"
                            + " profile).")
    private @Nullable String source;

    @Option(names = "--dry-run", description = "Judge the files and record nothing.")
    private boolean dryRun;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "As the profile says, also compressed with gzip.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        for (Path file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new ParameterException(
                        Objects.requireNonNull(command).commandLine(),
                        "There is no readable file " + file + ".");
            }
        }
        ApiClient client = server.client();
        boolean allTaken = true;
        for (Path file : files) {
            JsonNode run = new FileUpload(client, file).send(profile, source, dryRun);
            if (!dryRun) {
                client.awaitPosition(run.path("position").asLong());
            }
            Console.result(run.toString());
            allTaken &= tell(client, run);
            if (run.has("problem")) {
                throw new CommandRefused(run.path("problem").path("detail").asString());
            }
        }
        return allTaken ? 0 : 1;
    }

    /** Says what was refused; the whole list is at the run's address. */
    private static boolean tell(ApiClient client, JsonNode run) {
        long rejected = run.path("rejected").asLong();
        if (rejected == 0) {
            return true;
        }
        String address = "/api/v1/imports/" + run.path("id").asString() + "/rejects";
        Console.message(rejected + " changes were refused; see " + address);
        client.getJson(address)
                .path("items")
                .valueStream()
                .limit(REFUSALS_SHOWN)
                .forEach(reject -> Console.message("  " + reject.path("detail").asString()));
        return false;
    }
}
