package dev.cadastre.standalone.answers;

import dev.cadastre.standalone.terminal.Table;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One thing as a table of its members, with what has parts of its own part by part. */
final class ThingTable {

    private ThingTable() {}

    /**
     * @param table of two columns
     */
    static void of(JsonNode thing, Table table) {
        members("", thing, table);
    }

    private static void members(String indentation, JsonNode parent, Table table) {
        for (Map.Entry<String, JsonNode> member : parent.properties()) {
            JsonNode value = member.getValue();
            String name = indentation + member.getKey();
            if (member.getKey().equals("relations")) {
                relations(value, table);
            } else if (value.isObject() && !ValueText.isMoney(value)) {
                if (!value.isEmpty()) {
                    table.row(List.of(name, ""));
                    members(indentation + "  ", value, table);
                }
            } else {
                table.row(List.of(name, ValueText.of(value)));
            }
        }
    }

    private static void relations(JsonNode relations, Table table) {
        if (!relations.isEmpty()) {
            table.row(List.of("relations", ""));
        }
        relations.forEach(
                relation ->
                        table.row(
                                List.of(
                                        "  " + ValueText.of(relation.path("type")),
                                        ValueText.of(relation.path("to")))));
    }
}
