package dev.cadastre.standalone.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.ApiPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cadastre tail -f} as a process, through lost connections. */
@Timeout(60)
class TailTest {

    /**
     * 128 and the number of SIGTERM. Ctrl-C would do the same, but is ignored by all that a shell
     * has started in the background, as tests may be.
     */
    private static final int TERMINATED = 143;

    @TempDir static Path directory;

    private static TestServer server;
    private static ApiClient client;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(directory, SmallEstate.CLOCK);
        client = new ApiClient(server.address(), TestServer.TOKEN);
        SmallEstate.record(client);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void events_come_once_each_and_in_order_whatever_becomes_of_the_connection() throws Exception {
        Path messages = directory.resolve("messages");
        try (CuttableConnection way = CuttableConnection.to(server.address())) {
            Process tail =
                    CommandLineProcess.in(directory, way.address())
                            .start("exec cadastre tail -f -n 1 -o ndjson", messages);
            try (BufferedReader events = tail.inputReader()) {
                long position = position(events);
                for (String id : new String[] {"first", "second", "third"}) {
                    way.cut();
                    register(id);
                    assertThat(position(events)).isEqualTo(++position);
                }
                tail.toHandle().destroy();

                assertThat(tail.waitFor()).isEqualTo(TERMINATED);
                assertThat(Files.readString(messages))
                        .contains("Trying again in 1 s, after ")
                        .endsWith("Ended; go on with --after " + position + "\n")
                        .doesNotContain("Exception");
            } finally {
                tail.destroyForcibly();
            }
        }
    }

    @Test
    void a_reader_that_goes_away_ends_it_quietly() throws Exception {
        var outcome =
                CommandLineProcess.in(directory, server.address())
                        .run("cadastre tail --after -1 -o ndjson | head -n 1 | wc -l");

        assertThat(outcome.status()).as(outcome.messages()).isZero();
        assertThat(outcome.output().strip()).isEqualTo("1");
    }

    @Test
    void a_server_that_was_never_there_is_not_waited_for() throws Exception {
        var outcome =
                CommandLineProcess.in(directory, server.address())
                        .run("CADASTRE_TOKEN=wrong cadastre tail -f --after 0");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.messages()).startsWith("cadastre: The server refused (401)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail --after 0", "replay --from 2020-01-01"})
    void whoever_is_refused_is_shown_no_heading(String command) throws Exception {
        var outcome =
                CommandLineProcess.in(directory, server.address())
                        .run("CADASTRE_TOKEN=wrong cadastre " + command);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void the_heading_comes_even_where_no_event_does() throws Exception {
        var outcome =
                CommandLineProcess.in(directory, server.address())
                        .run("cadastre tail --after -1 --stream ci:nowhere");

        assertThat(outcome.status()).as(outcome.messages()).isZero();
        assertThat(outcome.output()).startsWith("POSITION").hasLineCount(1);
    }

    private static void register(String id) {
        client.command(
                ApiPath.of("cis"),
                HttpJson.mapper().createObjectNode().put("id", id).put("class", "server"),
                Map.of());
    }

    private static long position(BufferedReader events) throws IOException {
        return HttpJson.mapper().readTree(events.readLine()).path("position").asLong(-1);
    }
}
