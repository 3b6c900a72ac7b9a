package dev.cadastre.eventstore.commit;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published vectors of the formats. */
final class Vectors {

    private Vectors() {}

    static JsonNode read(String file) {
        return JsonMapper.builder()
                .build()
                .readTree(Path.of("..", "docs", "formats", file).toFile());
    }
}
