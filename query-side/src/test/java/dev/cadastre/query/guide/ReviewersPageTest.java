package dev.cadastre.query.replay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The replay that the guide shows is what the server tells. */
class ReplayGuideTest {

    private static final Path PAGE = Path.of("../docs/guide/for-change-reviewers.md");
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "```http\\nGET (/api/v1/replay\\S+)\\n```\\n```json\\n(.*?)```",
                    Pattern.DOTALL);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void a_replay_reads_as_the_page_says(@TempDir Path directory) throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);
        try (QueryServer server = QueryServer.start(directory, clock, ZoneOffset.UTC)) {
            Estate.record(server.recorded());
            List<MatchResult> examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
            assertThat(examples).isNotEmpty();
            for (MatchResult example : examples) {
                List<JsonNode> shown = messages(example.group(2));
                List<JsonNode> told =
                        messages(
                                server.get(example.group(1), "Accept", "application/x-ndjson")
                                        .body());
                assertThat(told).hasSameSizeAs(shown);
                for (int i = 0; i < shown.size(); i++) {
                    assertIsPart("message " + i, shown.get(i), told.get(i));
                }
            }
        }
    }

    private static List<JsonNode> messages(String text) throws IOException {
        try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return values.readAll();
        }
    }

    /** Objects may have more members than the page shows; everything else is equal. */
    private static void assertIsPart(String pointer, JsonNode shown, JsonNode told) {
        if (shown.isObject()) {
            shown.properties()
                    .forEach(
                            member ->
                                    assertIsPart(
                                            pointer + "/" + member.getKey(),
                                            member.getValue(),
                                            told.path(member.getKey())));
        } else if (shown.isArray()) {
            assertThat(told.size()).as("%s of %s", pointer, told).isEqualTo(shown.size());
            for (int i = 0; i < shown.size(); i++) {
                assertIsPart(pointer + "/" + i, shown.get(i), told.path(i));
            }
        } else {
            assertThat(told.toString()).as(pointer).isEqualTo(shown.toString());
        }
    }
}
