package dev.cadastre.standalone.history;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cadastre.http.json.HttpJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * The folder of a change history, as it lies beside this repository.
 *
 * @param path with {@code events.ndjson.gz}, {@code instants.ndjson} and {@code oracle.ndjson.gz}
 */
record HistoryFolder(Path path) {

    /** The one of the shared data; skips the test where that is not there. */
    static HistoryFolder shared() {
        String set = System.getenv("CADASTRE_SHARED_DATA");
        Path data = set == null ? Path.of("..", "..", "shared", "data") : Path.of(set);
        HistoryFolder folder = new HistoryFolder(data.resolve("history-osg"));
        assumeTrue(
                Files.isReadable(folder.events()),
                () -> "no shared data: " + folder.events().toAbsolutePath());
        return folder;
    }

    Path events() {
        return path.resolve("events.ndjson.gz");
    }

    /** The lines of the history, in order. */
    List<JsonNode> lines() throws IOException {
        return lines(events());
    }

    /** The instants at which the whole state is known, in order. */
    List<String> instants() throws IOException {
        try (Stream<String> lines = Files.lines(path.resolve("instants.ndjson"))) {
            return lines.map(line -> HttpJson.mapper().readTree(line).get("asOf").asString())
                    .toList();
        }
    }

    /** Versions of CIs, each with the numbers of the instants from and to which it holds. */
    List<JsonNode> expectedVersions() throws IOException {
        return lines(path.resolve("oracle.ndjson.gz"));
    }

    private static List<JsonNode> lines(Path zipped) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(zipped)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    nodes.add(HttpJson.mapper().readTree(line));
                }
            }
        }
        return nodes;
    }
}
