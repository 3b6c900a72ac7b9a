package dev.cadastre.query.shared.difference;

import dev.cadastre.http.json.HttpJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How answers tell of a difference. */
public final class DifferenceJson {

    private DifferenceJson() {}

    /**
     * Adds {@code changes}, and where relations came or went {@code relationsAdded} and {@code
     * relationsRemoved}.
     */
    public static void addTo(ObjectNode json, BodyDifference difference) {
        json.set("changes", HttpJson.mapper().valueToTree(difference.fields()));
        addRelations(json, "relationsAdded", difference.relationsAdded());
        addRelations(json, "relationsRemoved", difference.relationsRemoved());
    }

    private static void addRelations(ObjectNode json, String name, Iterable<JsonNode> relations) {
        ArrayNode array = HttpJson.mapper().createArrayNode();
        relations.forEach(array::add);
        if (!array.isEmpty()) {
            json.set(name, array);
        }
    }
}
