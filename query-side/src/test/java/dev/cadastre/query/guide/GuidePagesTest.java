package dev.cadastre.query.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the pages of the guide say is what the server answers. */
class GuidePagesTest {

    private static final Path GUIDE = Path.of("../docs/guide");
    private static final Pattern EXAMPLE =
            Pattern.compile("```http\\nGET (\\S+)\\n```\\n```json\\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

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
            Matcher matcher = EXAMPLE.matcher(Files.readString(GUIDE.resolve(page)));
            matcher.results()
                    .forEach(
                            found ->
                                    examples.add(
                                            Arguments.of(page, found.group(1), found.group(2))));
        }
        assertThat(examples).hasSize(11 + 5);
        return examples;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void an_example_is_answered_as_the_page_says(String page, String path, String answer) {
        assertIsPart("", MAPPER.readTree(answer), server.json(path));
    }

    /** Objects may have more members than the page shows; everything else is equal. */
    private static void assertIsPart(String pointer, JsonNode shown, JsonNode answered) {
        if (shown.isObject()) {
            shown.properties()
                    .forEach(
                            member ->
                                    assertIsPart(
                                            pointer + "/" + member.getKey(),
                                            member.getValue(),
                                            answered.path(member.getKey())));
        } else if (shown.isArray()) {
            assertThat(answered.size()).as("%s of %s", pointer, answered).isEqualTo(shown.size());
            for (int i = 0; i < shown.size(); i++) {
                assertIsPart(pointer + "/" + i, shown.get(i), answered.path(i));
            }
        } else {
            assertThat(answered.toString()).as(pointer).isEqualTo(shown.toString());
        }
    }
}
