package dev.cadastre.query.guide;

import dev.cadastre.http.json.JsonParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** The questions on a page of the guide, with their answers. */
final class GuideExamples {

    private static final Path GUIDE = Path.of("../docs/guide");
    private static final Pattern EXAMPLE =
            Pattern.compile("```http\\nGET (\\S+)\\n```\\n```json\\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private GuideExamples() {}

    /** Page, path and answer of each. */
    static List<Arguments> of(String page) throws IOException {
        return EXAMPLE.matcher(Files.readString(GUIDE.resolve(page)))
                .results()
                .map(found -> Arguments.of(page, found.group(1), found.group(2)))
                .toList();
    }

    /** JSON values one after the other, such as those of a stream. */
    static List<JsonNode> messages(String text) {
        try (MappingIterator<JsonNode> messages =
                MAPPER.readerFor(JsonNode.class).readValues(text)) {
            return messages.readAll();
        }
    }

    static void assertAnswered(String shown, JsonNode answered) {
        JsonParts.assertIsPart("", MAPPER.readTree(shown), answered);
    }
}
