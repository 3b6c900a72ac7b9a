package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.ValueText;
import dev.cadastre.standalone.terminal.Table;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One thing as a table of its members, with what has parts of its own part by part. */
final class ThingTable {

    private ThingTable() {}

    /**
     * @param table of two columns
     */
    static void of(JsonNode thing, Table table) {
        thing.properties()
                .forEach(
                        member -> {
                            String name = member.getKey();
                            JsonNode value = member.getValue();
                            if (name.equals("relations")) {
                                relations(value, table);
                            } else if (value.isObject()) {
                                parts(name, value, table);
                            } else {
                                table.row(List.of(name, ValueText.of(value)));
                            }
                        });
    }

    private static void parts(String name, JsonNode parts, Table table) {
        if (!parts.isEmpty()) {
            table.row(List.of(name, ""));
        }
        parts.properties()
                .forEach(
                        part ->
                                table.row(
                                        List.of(
                                                "  " + part.getKey(),
                                                ValueText.of(part.getValue()))));
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
