package dev.cadastre.standalone.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.commandline.CommandLineProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command of the guide, run by bash as a process, prints what the guide shows. */
class CommandLineGuideTest {

    private static final Path PAGE = Path.of("../docs/guide/command-line.md");
    private static final Pattern EXAMPLES =
            Pattern.compile("```console\\n(.*?)```", Pattern.DOTALL);

    @TempDir static Path directory;

    private static TestServer server;
    private static CommandLineProcess shell;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(directory, SmallEstate.CLOCK);
        SmallEstate.record(new ApiClient(server.address(), TestServer.TOKEN));
        shell = CommandLineProcess.in(directory, server.address());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Arguments> examples() throws IOException {
        List<Arguments> examples = new ArrayList<>();
        for (MatchResult block : EXAMPLES.matcher(Files.readString(PAGE)).results().toList()) {
            for (String example : block.group(1).split("(?m)^\\$ ")) {
                if (!example.isBlank()) {
                    int end = example.indexOf('\n');
                    examples.add(
                            Arguments.of(example.substring(0, end), example.substring(end + 1)));
                }
            }
        }
        assertThat(examples).hasSizeGreaterThan(10);
        return examples;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void a_command_prints_what_the_guide_shows(String command, String shown) throws Exception {
        Outcome outcome = shell.run(command);

        assertThat(outcome.status()).as(outcome.messages()).isZero();
        // Rows of CSV end in CR LF.
        assertThat(outcome.output().replace("\r\n", "\n")).isEqualTo(shown);
    }
}
