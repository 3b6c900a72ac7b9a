package dev.cadastre.query.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the pages of the guide say is what the server answers. */
class GuidePagesTest {

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
        List<Arguments> examples = new ArrayList<>();
        for (String page : List.of("ask-about-the-past.md", "history-of-one-thing.md")) {
            examples.addAll(GuideExamples.of(page));
        }
        assertThat(examples).hasSize(12 + 5);
        return examples;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void an_example_is_answered_as_the_page_says(String page, String path, String answer) {
        GuideExamples.assertAnswered(answer, server.json(path));
    }

    static List<Arguments> messages() throws IOException {
        List<Arguments> reviewers = GuideExamples.of("for-change-reviewers.md");
        List<Arguments> clients = GuideExamples.of("for-reactive-clients.md");
        assertThat(List.of(reviewers.size(), clients.size())).containsExactly(4, 4);
        return Stream.of(reviewers, clients).flatMap(List::stream).toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("messages")
    void messages_are_those_that_the_page_shows(String page, String path, String answer) {
        String type = path.contains("/changes") ? "application/json" : "application/x-ndjson";
        List<JsonNode> shown = GuideExamples.messages(answer);
        List<JsonNode> told = GuideExamples.messages(server.get(path, "Accept", type).body());
        assertThat(told).hasSameSizeAs(shown);
        for (int i = 0; i < shown.size(); i++) {
            GuideExamples.assertAnswered(shown.get(i).toString(), told.get(i));
        }
    }
}
