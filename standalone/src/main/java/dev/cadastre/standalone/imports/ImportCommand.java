package dev.cadastre.standalone.imports;

import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports files into a running server, one after the other; the first that fails ends it. */
@Command(
        name = "import",
        description = "Import files into a running server; returns when their rows are queryable.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

    @Mixin private ServerOptions server;

    @Option(
            names = "--profile",
            required = true,
            paramLabel = "PROFILE",
            description = "What the files are, for example history.")
    private String profile;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "Where the rows come from; default: the name of the file.")
    private @Nullable String source;

    @Option(names = "--dry-run", description = "Check everything and record nothing.")
    private boolean dryRun;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "NDJSON; a name that ends in .gz is taken as compressed.")
    private List<Path> files;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        boolean complete = true;
        for (Path file : files) {
            String from = source == null ? file.getFileName().toString() : source;
            complete &= new FileImport(client, profile, from, dryRun).run(file);
        }
        return complete ? 0 : 1;
    }
}
