package dev.cadastre.query.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the page for reactive clients says is what the server sends, message by message. */
class ReactiveClientsPageTest {

    @TempDir static Path directory;

    private static QueryServer server;

    @BeforeAll
    static void start() {
        Clock clock = Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);
        server = QueryServer.start(directory, clock, ZoneOffset.UTC);
        Estate.record(server.recorded());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Arguments> examples() throws IOException {
        List<Arguments> examples = GuideExamples.of("for-reactive-clients.md");
        assertThat(examples).hasSize(4);
        return examples;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void a_stream_sends_what_the_page_says(String page, String path, String messages) {
        List<JsonNode> shown = GuideExamples.messages(messages);
        List<JsonNode> sent =
                GuideExamples.messages(server.get(path, "Accept", "application/x-ndjson").body());
        assertThat(sent).hasSameSizeAs(shown);
        for (int i = 0; i < shown.size(); i++) {
            GuideExamples.assertAnswered(shown.get(i).toString(), sent.get(i));
        }
    }
}
