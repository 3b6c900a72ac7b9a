package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.client.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code cadastre import} against a whole server. */
class ImportCommandTest {

    @TempDir static Path directory;

    private static TestServer server;

    private record Outcome(int status, String output) {

        JsonNode run() {
            return HttpJson.mapper().readTree(output.lines().findFirst().orElse(""));
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void what_was_imported_can_be_queried_when_the_command_returns() throws IOException {
        Path plain = file("plain.ndjson", line(1, "p1", "plain-1"), line(2, "p2", "plain-2"));
        Path zipped = zipped(file("zipped.ndjson", line(1, "z1", "zipped-1")));

        Outcome outcome = run("--profile", "history", plain.toString(), zipped.toString());

        assertThat(outcome.status()).isZero();
        assertThat(outcome.output().lines()).hasSize(2);
        assertThat(outcome.run().get("changes").asLong()).isEqualTo(2);
        assertThat(outcome.run().get("state").asString()).isEqualTo("completed");
        for (String ci : List.of("plain-1", "plain-2", "zipped-1")) {
            Outcome found = get("/api/v1/cis/" + ci);
            assertThat(found.output()).contains("\"cores\":4");
        }
        assertThat(run("--profile", "history", plain.toString()).run().get("skipped").asLong())
                .isEqualTo(2);
    }

    @Test
    void a_refused_change_makes_the_exit_status_1() throws IOException {
        Path file = file("refused.ndjson", line(1, "r1", "refused"), line(2, "r2", "refused"));

        Outcome outcome = run("--profile", "history", "--source", "other", file.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.run().get("rejected").asLong()).isEqualTo(1);
    }

    @Test
    void a_file_that_breaks_off_ends_the_command_before_the_next_file() throws IOException {
        Path broken = file("broken.ndjson", line(1, "b1", "broken"), "{\"seq\":2,");
        Path next = file("next.ndjson", line(1, "n1", "next"));

        Outcome outcome = run("--profile", "history", broken.toString(), next.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.run().get("problem").get("line").asLong()).isEqualTo(2);
        assertThat(outcome.output().lines()).hasSize(1);
    }

    @Test
    void a_dry_run_prints_what_would_be_and_records_nothing() throws IOException {
        Path file = file("dry.ndjson", line(1, "d1", "dry"));

        Outcome outcome = run("--profile", "history", "--dry-run", file.toString());

        assertThat(outcome.status()).isZero();
        assertThat(outcome.run().get("changes").asLong()).isEqualTo(1);
        assertThat(run("--profile", "history", file.toString()).run().get("skipped").asLong())
                .isZero();
    }

    @Test
    void wrong_usage_makes_the_exit_status_2() throws IOException {
        Path file = file("usage.ndjson", line(1, "u1", "usage"));

        assertThat(run("--profile", "history").status()).isEqualTo(2);
        assertThat(run(file.toString()).status()).isEqualTo(2);
        assertThat(run("--profile", "history", directory.resolve("absent").toString()).status())
                .isEqualTo(2);
        assertThat(run("--profile", "history", "--colour", "red", file.toString()).status())
                .isEqualTo(2);
    }

    @Test
    void a_profile_that_is_not_there_makes_the_exit_status_1() throws IOException {
        Path file = file("profile.ndjson", line(1, "x1", "profile"));

        assertThat(run("--profile", "astrology", file.toString()).status()).isEqualTo(1);
    }

    private static Outcome run(String... arguments) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "import",
                                "--url",
                                server.address().toString(),
                                "--token",
                                TestServer.TOKEN));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            int status = Cadastre.run(all.toArray(String[]::new));
            return new Outcome(status, output.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private static Outcome get(String path) {
        JsonNode body = new ApiClient(server.address(), TestServer.TOKEN).getJson(path);
        return new Outcome(0, body.toString());
    }

    private static String line(int sequence, String change, String ci) {
        return """
        {"seq":%d,"at":"2020-01-01T00:00:00Z","by":"ada","change":"%s","op":"register","ci":"%s","class":"host","set":{"cores":4}}
        """
                .formatted(sequence, change, ci)
                .strip();
    }

    private static Path file(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static Path zipped(Path plain) throws IOException {
        Path zipped = plain.resolveSibling(plain.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(plain, out);
        }
        return zipped;
    }
}
