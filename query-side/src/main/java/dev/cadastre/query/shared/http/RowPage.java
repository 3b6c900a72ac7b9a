package dev.cadastre.query.shared.http;

import dev.cadastre.http.json.HttpJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A page of rows. */
public final class RowPage {

    private RowPage() {}

    /** A page reads {@code {"items","next","total"}}; more members may be added. */
    public static ObjectNode of(List<ObjectNode> rows, @Nullable String next, long total) {
        ObjectNode page = of(rows, next);
        page.put("total", total);
        return page;
    }

    /** A page of rows that nobody has counted: it reads {@code {"items","next"}}. */
    public static ObjectNode of(List<ObjectNode> rows, @Nullable String next) {
        ObjectNode page = HttpJson.mapper().createObjectNode();
        ArrayNode items = page.putArray("items");
        rows.forEach(items::add);
        page.put("next", next);
        return page;
    }
}
