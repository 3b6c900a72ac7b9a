package dev.cadastre.query.shared.difference;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a JSON Patch (RFC 6902) makes of a document; each of its tests must hold. */
public final class AppliedPatch {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AppliedPatch() {}

    /**
     * Applies a patch, operation by operation.
     *
     * @param body null for a document that is null
     */
    public static JsonNode of(@Nullable JsonNode body, JsonNode patch) {
        JsonNode document = body == null ? MAPPER.nullNode() : body.deepCopy();
        for (JsonNode operation : patch) {
            document = applied(document, operation);
        }
        return document;
    }

    private static JsonNode applied(JsonNode document, JsonNode operation) {
        JsonPointer path = JsonPointer.compile(operation.get("path").stringValue());
        JsonNode value = operation.path("value");
        String op = operation.get("op").stringValue();
        if (op.equals("test")) {
            assertThat(document.at(path)).isEqualTo(value);
            return document;
        }
        if (path.matches()) {
            assertThat(op).isEqualTo("replace");
            return value;
        }
        JsonNode parent = document.at(path.head());
        switch (parent) {
            case ObjectNode object -> {
                String name = path.last().getMatchingProperty();
                assertThat(object.has(name)).isEqualTo(!op.equals("add"));
                if (op.equals("remove")) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array -> {
                int index = path.last().getMatchingIndex();
                if (op.equals("remove")) {
                    array.remove(index);
                } else {
                    array.insert(index, value);
                }
            }
            default -> throw new AssertionError("nothing at " + path.head());
        }
        return document;
    }
}
