package dev.cadastre.query.shared.difference;

import dev.cadastre.http.json.HttpJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Patch (RFC 6902) from one body of a thing to another. Each value that is replaced or
 * removed is tested first, so that the patch does not apply where something else was there, and can
 * be turned round; that nothing was there before an addition JSON Patch cannot test. It speaks of
 * contents: where a body comes from ({@code version}, {@code validFrom}, {@code recordedFrom},
 * {@code position}) is left alone, so it applies to a body as well as to its content.
 */
public final class JsonPatch {

    private static final String RELATIONS = "relations";

    private final ArrayNode operations = HttpJson.mapper().createArrayNode();

    private JsonPatch() {}

    /** The operations; null stands for a thing that is not there, as which the document is null. */
    public static ArrayNode between(@Nullable JsonNode before, @Nullable JsonNode after) {
        JsonPatch patch = new JsonPatch();
        if (before != null && after != null) {
            patch.objects("", before, after);
        } else if (before != null) {
            for (String name : before.propertyNames()) {
                if (BodyDifference.isContent(name)) {
                    patch.test(BodyDifference.pointer("", name), before.get(name));
                }
            }
            patch.add("replace", "", HttpJson.mapper().nullNode());
        } else if (after != null) {
            patch.test("", HttpJson.mapper().nullNode());
            patch.add("replace", "", BodyDifference.content(after));
        }
        return patch.operations;
    }

    private void objects(String pointer, JsonNode before, JsonNode after) {
        for (String name : before.propertyNames()) {
            if (after.get(name) == null && isContent(pointer, name)) {
                String member = BodyDifference.pointer(pointer, name);
                test(member, before.get(name));
                remove(member);
            }
        }
        for (String name : after.propertyNames()) {
            if (isContent(pointer, name)) {
                member(pointer, name, before.get(name), after.get(name));
            }
        }
    }

    private void member(String pointer, String name, @Nullable JsonNode before, JsonNode after) {
        String member = BodyDifference.pointer(pointer, name);
        if (before == null) {
            add("add", member, after);
        } else if (before.isObject() && after.isObject()) {
            objects(member, before, after);
        } else if (pointer.isEmpty() && name.equals(RELATIONS)) {
            relations(member, before, after);
        } else if (!before.equals(after)) {
            test(member, before);
            add("replace", member, after);
        }
    }

    /** Both arrays are in the same order, so what stays keeps its place among itself. */
    private void relations(String pointer, JsonNode before, JsonNode after) {
        Set<JsonNode> had = elements(before);
        Set<JsonNode> has = elements(after);
        for (int i = before.size() - 1; i >= 0; i--) {
            if (!has.contains(before.get(i))) {
                test(pointer + "/" + i, before.get(i));
                remove(pointer + "/" + i);
            }
        }
        for (int i = 0; i < after.size(); i++) {
            if (!had.contains(after.get(i))) {
                add("add", pointer + "/" + i, after.get(i));
            }
        }
    }

    private static Set<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return new HashSet<>(elements);
    }

    private static boolean isContent(String pointer, String name) {
        return !pointer.isEmpty() || BodyDifference.isContent(name);
    }

    private void test(String path, JsonNode value) {
        add("test", path, value);
    }

    private void add(String operation, String path, JsonNode value) {
        ObjectNode added = operations.addObject();
        added.put("op", operation);
        added.put("path", path);
        added.set("value", value);
    }

    private void remove(String path) {
        operations.addObject().put("op", "remove").put("path", path);
    }
}
