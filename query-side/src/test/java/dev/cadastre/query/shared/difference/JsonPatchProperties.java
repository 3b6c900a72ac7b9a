package dev.cadastre.query.shared.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A patch is applied, operation by operation, and leads to the other body. */
class JsonPatchProperties {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Property(tries = 25)
    void a_patch_leads_from_the_one_body_to_the_other(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("instants") long from,
            @ForAll("instants") long to) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            int known = instance.end(history.size());
            for (String kind : List.of("asset", "ci")) {
                var before = instance.naive().states(kind, from, known);
                var after = instance.naive().states(kind, to, known);
                for (String id : instance.naive().ids(kind)) {
                    @Nullable JsonNode was = before.get(id);
                    @Nullable JsonNode is = after.get(id);
                    assertThat(applied(was, JsonPatch.between(was, is)))
                            .isEqualTo(is == null ? MAPPER.nullNode() : is);
                }
            }
        }
    }

    private static JsonNode applied(@Nullable JsonNode body, ArrayNode patch) {
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

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }

    @Provide
    Arbitrary<Long> instants() {
        return RandomHistories.instants();
    }
}
