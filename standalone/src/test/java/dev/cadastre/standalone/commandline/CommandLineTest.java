package dev.cadastre.standalone.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.commandline.CommandLineProcess.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide does not show: bytes for programs, refusals, vanishing readers, completion. */
class CommandLineTest {

    @TempDir static Path directory;

    private static TestServer server;
    private static CommandLineProcess shell;
    private static ApiClient client;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(directory, SmallEstate.CLOCK);
        client = new ApiClient(server.address(), TestServer.TOKEN);
        SmallEstate.record(client);
        shell = CommandLineProcess.in(directory, server.address());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void programs_get_the_bytes_of_the_server() throws Exception {
        assertThat(shell.run("cadastre get cis --as-of 2024-02-01 -o ndjson").output())
                .isEqualTo(answer("/api/v1/cis?asOf=2024-02-01", "application/x-ndjson"));
        assertThat(shell.run("cadastre diff --from 2024-01-02 --to 2024-05-01 -o csv").output())
                .isEqualTo(answer("/api/v1/diff?from=2024-01-02&to=2024-05-01", "text/csv"));
        assertThat(shell.run("cadastre history cis web-01 -o json").output())
                .isEqualTo(
                        answer("/api/v1/cis/web-01/timeline?sort=recordedAt", "application/json")
                                + "\n");
    }

    @Test
    void messages_say_at_which_coordinates_the_answer_holds() throws Exception {
        assertThat(
                        shell.run("cadastre get cis --as-of 2024-02-01 --known-at position:5")
                                .messages())
                .isEqualTo(
                        "As of 2024-02-01T23:59:59.999999Z, known at 2024-06-01T00:00:00.000003Z"
                                + " (log position 5), final.\n");
        assertThat(shell.run("cadastre diff --from 2024-01-02 --to 2024-02-03").messages())
                .startsWith("From 2024-01-02T00:00:00Z, known at ")
                .contains(" to 2024-02-03T23:59:59.999999Z, known at ");
        assertThat(shell.run("cadastre get cis --limit 1").messages())
                .contains("1 of 3 shown; --limit shows more.");
    }

    @Test
    void a_problem_is_told_readably_and_ends_with_1() throws Exception {
        Outcome outcome = shell.run("cadastre get cis --where colour=red");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.messages())
                .startsWith("cadastre: The server refused (400): A value is not allowed.\n")
                .contains("There is no parameter \"colour\" here.")
                .contains("\n  parameter: colour\n")
                .doesNotContain("Exception");
    }

    @Test
    void wrong_usage_ends_with_2() throws Exception {
        Outcome outcome = shell.run("cadastre get cis --where class");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.messages())
                .startsWith("Invalid value for option '--where'")
                .contains("\"class\" is not a condition; write class=server.")
                .contains("Usage: cadastre get cis");
    }

    @Test
    void who_cannot_ask_is_told_why() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        String tls = server.address().toString().replace("http:", "https:");

        assertRefused("CADASTRE_URL=http://127.0.0.1:" + closed, "No server answers at");
        assertRefused("CADASTRE_URL=http://no-such-host.invalid", "No server answers at");
        assertRefused("CADASTRE_URL=" + tls, "No TLS connection to " + tls);
        assertRefused("CADASTRE_TOKEN=wrong", "The server refused (401)");
        assertRefused("CADASTRE_TOKEN=", "A token is needed");
    }

    private static void assertRefused(String variable, String words) throws Exception {
        Outcome outcome = shell.run(variable + " cadastre get cis");
        assertThat(outcome.messages())
                .startsWith("cadastre: " + words)
                .doesNotContain("Exception", "\tat ");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void a_server_that_does_not_answer_is_not_waited_for_longer_than_allowed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Outcome outcome =
                    shell.run(
                            "cadastre get cis --timeout 1 --url http://127.0.0.1:"
                                    + silent.getLocalPort());

            assertThat(outcome.messages()).contains("did not begin to answer in time");
            assertThat(outcome.status()).isEqualTo(1);
        }
    }

    @Test
    void a_token_can_lie_in_a_file() throws Exception {
        Path file = Files.writeString(directory.resolve("a.token"), TestServer.TOKEN + "\n");

        Outcome outcome = shell.run("unset CADASTRE_TOKEN; cadastre get cis --token-file " + file);

        assertThat(outcome.status()).as(outcome.messages()).isZero();
        assertThat(outcome.output()).contains("web-01");
    }

    @Test
    void a_reader_that_has_seen_enough_ends_the_command_quietly() throws Exception {
        Outcome outcome =
                shell.run(
                        "cadastre get cis -o ndjson | true; echo ${PIPESTATUS[0]};"
                                + " cadastre get cis | head -n 1; echo ${PIPESTATUS[0]}");

        assertThat(outcome.output()).startsWith("0\nID").endsWith("\n0\n");
        assertThat(outcome.messages()).doesNotContain("cadastre:", "Exception");
    }

    @Test
    void a_full_disk_is_no_success() throws Exception {
        Outcome outcome = shell.run("cadastre get cis -o ndjson > /dev/full");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.messages()).contains("Cannot write the result: No space left");
    }

    @Test
    void bash_completes_commands_options_and_values() throws Exception {
        String completes =
                """
                source <(cadastre completion bash)
                complete_line() {
                  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                  COMPREPLY=(); _complete_cadastre; echo "${COMPREPLY[*]}"
                }
                complete_line ./cadastre hist
                complete_line cadastre get c
                complete_line cadastre get cis --as
                complete_line cadastre get cis --output nd
                complete_line cadastre history a
                complete_line cadastre reh
                complete -p cadastre
                """;

        Outcome outcome = shell.run(completes);

        assertThat(outcome.output().lines().map(String::strip).limit(6))
                .containsExactly("history", "cis counts", "--as-of", "ndjson", "assets", "");
        assertThat(outcome.output()).contains("complete -o default -F _complete_cadastre");
    }

    private static String answer(String path, String accept) throws IOException {
        try (InputStream body = client.getStream(path, accept)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
