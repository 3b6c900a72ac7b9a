package dev.cadastre.query.counts.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.counts.model.Tally;
import dev.cadastre.query.temporal.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How counts read. An unknown value is null. */
final class CountJson {

    private static final String AS_OF = "asOf";
    private static final String COUNT = "count";

    private CountJson() {}

    static ObjectNode head(String kind, List<String> by) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("kind", kind);
        ArrayNode facets = json.putArray("by");
        by.forEach(facets::add);
        return json;
    }

    /** Adds {@code items} and {@code total}. */
    static void addTo(ObjectNode json, List<String> by, Tally tally) {
        ArrayNode items = json.putArray("items");
        rows(by, tally).forEach(items::add);
        json.put("total", tally.total());
    }

    static ObjectNode point(List<String> by, Tally tally) {
        ObjectNode point = HttpJson.mapper().createObjectNode();
        point.put(AS_OF, InstantText.format(tally.asOf()));
        addTo(point, by, tally);
        return point;
    }

    static Stream<ObjectNode> rows(List<String> by, Tally tally) {
        return tally.counts().stream().map(count -> add(count, by, empty()));
    }

    /** Rows that say of which instant they are. */
    static Stream<ObjectNode> datedRows(List<String> by, Tally tally) {
        String asOf = InstantText.format(tally.asOf());
        return tally.counts().stream().map(count -> add(count, by, empty().put(AS_OF, asOf)));
    }

    static List<String> columns(List<String> by, boolean dated) {
        List<String> columns = new ArrayList<>();
        if (dated) {
            columns.add(AS_OF);
        }
        columns.addAll(by);
        columns.add(COUNT);
        return columns;
    }

    private static ObjectNode empty() {
        return HttpJson.mapper().createObjectNode();
    }

    private static ObjectNode add(Count count, List<String> by, ObjectNode row) {
        for (int i = 0; i < by.size(); i++) {
            row.put(by.get(i), count.values().get(i));
        }
        return row.put(COUNT, count.count());
    }
}
