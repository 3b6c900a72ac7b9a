package dev.cadastre.standalone.snapshots;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.LimitOption;
import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "items",
        description = "Show the estate as a snapshot has it, with the hash of each thing.",
        mixinStandardHelpOptions = true)
final class SnapshotItems implements Callable<Integer> {

    private static final String WORKBOOK =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private LimitOption limit = new LimitOption();

    @Parameters(paramLabel = "ID", description = "The snapshot.")
    private String id = "";

    @Option(
            names = "--workbook",
            paramLabel = "FILE",
            description = "Write all of them to a workbook (XLSX) instead.")
    private @Nullable Path workbook;

    @Override
    public Integer call() {
        ApiPath path = SnapshotPath.of(id, "items");
        Answers answers = options.answers();
        if (workbook != null) {
            save(answers.client(), path, workbook);
        } else if (options.format() == OutputFormat.TABLE) {
            try (Table table =
                    answers.table("KIND", "ID", "CLASS", "TYPE", "NAME", "VERSION", "SHA-256")) {
                answers.items(path, limit.shown(), item -> table.row(cells(item)));
            }
        } else {
            answers.copy(limit.addTo(path));
        }
        return 0;
    }

    private static List<String> cells(JsonNode item) {
        return List.of(
                ValueText.of(item.path("kind")),
                ValueText.of(item.path("id")),
                ValueText.of(item.path("class")),
                ValueText.of(item.path("type")),
                ValueText.of(item.path("name")),
                ValueText.of(item.path("version")),
                ValueText.of(item.path("sha256")));
    }

    /** The file is there as a whole or not at all. */
    private static void save(ApiClient client, ApiPath path, Path file) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (InputStream body = client.open(path, WORKBOOK).body()) {
                Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CommandRefused("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
