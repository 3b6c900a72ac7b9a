package dev.cadastre.query.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page for compliance officers says is what the server answers. */
class OfficersPageTest {

    @TempDir static Path directory;

    private static QueryServer server;

    @BeforeAll
    static void start() throws Exception {
        server =
                QueryServer.start(
                        directory, Clock.fixed(Snapshots.AS_OF, ZoneOffset.UTC), ZoneOffset.UTC);
        Estate.record(server.recorded());
        Snapshots.take(server.recorded(), "q1", SnapshotScope.ALL);
        Snapshots.awaitSealed(server.recorded().log(), "q1");
        server.recorded()
                .at(
                        "2024-05-01T00:00:00Z",
                        Estate.DB,
                        new CiChanged(Map.of("cores", 16L), List.of(), List.of(), List.of()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Arguments> examples() throws IOException {
        List<Arguments> examples = GuideExamples.of("for-compliance-officers.md");
        assertThat(examples).hasSize(5);
        return examples;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void an_example_is_answered_as_the_page_says(String page, String path, String answer) {
        GuideExamples.assertAnswered(answer, server.json(path));
    }
}
