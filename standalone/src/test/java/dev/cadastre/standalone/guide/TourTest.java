package dev.cadastre.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.standalone.NeededProgram;
import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.commandline.CommandLineProcess;
import dev.cadastre.standalone.commandline.CommandLineProcess.Outcome;
import dev.cadastre.standalone.demo.DemoLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the tour in the README shows is what happens, on the fictional estate of the day that it
 * names. White space does not count, and {@code ...} stands for anything.
 */
class TourTest {

    private static final Path README = Path.of("../README.md");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);

    @TempDir static Path directory;

    private static TestServer server;
    private static CommandLineProcess shell;

    /** A command and what is shown of its output, perhaps nothing. */
    private record Step(String command, String shown) {

        /** Whether it only says what later commands use. */
        boolean prepares() {
            return command.startsWith("export ") || command.contains("() {");
        }

        @Override
        public String toString() {
            return command;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        NeededProgram.anyOf("curl");
        server = TestServer.start(directory, CLOCK);
        Path demo = directory.resolve("data/demo");
        Files.createDirectories(demo);
        Files.writeString(demo.resolve("admin.token"), TestServer.TOKEN);
        new DemoLoader(new ApiClient(server.address(), TestServer.TOKEN), demo).load(DAY);
        shell = CommandLineProcess.in(directory, server.address());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Step> steps() throws Exception {
        String readme = Files.readString(README);
        int begin = readme.indexOf("## A tour");
        String tour = readme.substring(begin, readme.indexOf("\n## ", begin));
        List<Step> steps = new ArrayList<>();
        for (MatchResult block :
                Pattern.compile("(?m)(^    .*\\R)+").matcher(tour).results().toList()) {
            for (String step : block.group().replaceAll("(?m)^    ", "").split("(?m)^\\$ ")) {
                if (!step.isBlank()) {
                    List<String> lines = new ArrayList<>(step.lines().toList());
                    StringBuilder command = new StringBuilder(lines.removeFirst());
                    while (command.toString().endsWith("\\")) {
                        command.append('\n').append(lines.removeFirst());
                    }
                    steps.add(new Step(command.toString(), String.join("\n", lines)));
                }
            }
        }
        return steps;
    }

    static List<Step> stepsToSee() throws Exception {
        return steps().stream().filter(step -> !step.prepares()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stepsToSee")
    void a_step_shows_what_the_readme_says(Step step) throws Exception {
        String before =
                steps().stream()
                        .filter(Step::prepares)
                        .map(Step::command)
                        .collect(Collectors.joining("\n"));
        // What goes on for ever is looked at until something came.
        String command =
                step.command().endsWith(" -f") ? step.command() + " | head -n 1" : step.command();

        Outcome outcome =
                shell.run(
                        (before + "\n" + command)
                                .replace("http://127.0.0.1:8080", server.address().toString()));

        assertThat(outcome.status()).as(outcome.messages()).isZero();
        assertThat(outcome.output().replaceAll("\\s", "")).matches(pattern(step.shown()));
    }

    private static Pattern pattern(String shown) {
        String text = shown.isEmpty() ? "..." : shown;
        return Pattern.compile(
                Arrays.stream(text.replaceAll("\\s", "").split("\\.\\.\\.", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")));
    }
}
