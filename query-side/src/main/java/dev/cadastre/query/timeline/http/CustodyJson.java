package dev.cadastre.query.timeline.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.shared.facts.FactJson;
import dev.cadastre.query.timeline.model.Custody;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How an interval of custody reads. */
final class CustodyJson {

    /** The columns of an asset's custody as CSV. */
    static final List<String> COLUMNS = List.of("from", "to", "custodian", "location", "by");

    private CustodyJson() {}

    static ObjectNode of(Custody interval) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("from", InstantText.format(interval.from()));
        if (interval.to() != null) {
            json.put("to", InstantText.format(interval.to()));
        }
        if (interval.custodian() != null) {
            json.put("custodian", interval.custodian());
        }
        if (interval.location() != null) {
            json.put("location", interval.location());
        }
        json.set("by", FactJson.of(interval.by().stored()));
        return json;
    }
}
