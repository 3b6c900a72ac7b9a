package dev.cadastre.standalone.history;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.client.Progress;
import dev.cadastre.standalone.client.ServerOptions;
import dev.cadastre.standalone.history.ExpectedHistory.ExpectedInstant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Asks a server for the CIs at every instant of a history and compares them with what is known. */
@Command(
        name = "check-history",
        description =
                "Compare a running server with the expected states of a change history that was"
                        + " imported into it.",
        mixinStandardHelpOptions = true)
public final class CheckHistoryCommand implements Callable<Integer> {

    @Mixin private ServerOptions server;

    @Parameters(
            paramLabel = "DIR",
            description = "Directory with instants.ndjson and oracle.ndjson (or .gz).")
    private Path directory;

    @Option(
            names = "--shown",
            defaultValue = "20",
            description = "How many differences are shown (default: ${DEFAULT-VALUE}).")
    private int shown;

    @Override
    public Integer call() {
        ExpectedHistory history = ExpectedHistory.read(directory);
        ApiClient client = server.client();
        Progress progress = new Progress("instants", history.instants().size());
        Comparison comparison = new Comparison();
        int done = 0;
        for (ExpectedInstant instant : history.instants()) {
            compare(client, instant, history.hashesAt(instant), comparison);
            progress.at(++done);
        }
        comparison.differences().stream().limit(shown).forEach(Console::result);
        progress.end("compared");
        Console.result(
                history.instants().size()
                        + " instants, "
                        + comparison.statesCompared()
                        + " CI states compared, "
                        + comparison.differences().size()
                        + " differences");
        return comparison.differences().isEmpty() ? 0 : 1;
    }

    private static void compare(
            ApiClient client,
            ExpectedInstant instant,
            Map<String, String> expected,
            Comparison comparison) {
        StateHash whole = new StateHash();
        int relations = 0;
        String path = "/api/v1/cis?asOf=" + ApiClient.encoded(instant.asOf());
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                client.getStream(path, "application/x-ndjson"),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode ci = HttpJson.mapper().readTree(line);
                String id = ci.path("id").asString("");
                String hash = CiHash.of(ci);
                comparison.state(instant, id, expected.remove(id), hash);
                whole.add(id, hash);
                relations += CiHash.relationCount(ci);
            }
        } catch (IOException e) {
            throw new CommandRefused("The answer to " + path + " broke off.", e);
        }
        expected.keySet().forEach(id -> comparison.missing(instant, id));
        comparison.whole(instant, "CIs", instant.cis(), whole.size());
        comparison.whole(instant, "relations", instant.relations(), relations);
        comparison.whole(instant, "state hash", instant.sha256(), whole.hex());
    }

    /** What was found so far. */
    private static final class Comparison {
        private final List<String> differences = new ArrayList<>();
        private long states;

        void state(ExpectedInstant at, String ci, @Nullable String expected, String actual) {
            states++;
            if (expected == null) {
                add(at, "CI " + ci + " should not be there");
            } else if (!expected.equals(actual)) {
                add(at, "CI " + ci + " is not as expected");
            }
        }

        void missing(ExpectedInstant at, String ci) {
            add(at, "CI " + ci + " is missing");
        }

        void whole(ExpectedInstant at, String what, Object expected, Object actual) {
            if (!expected.equals(actual)) {
                add(at, what + ": expected " + expected + ", found " + actual);
            }
        }

        private void add(ExpectedInstant at, String difference) {
            differences.add("instant " + at.instant() + " (" + at.asOf() + "): " + difference);
        }

        List<String> differences() {
            return differences;
        }

        long statesCompared() {
            return states;
        }
    }
}
