package dev.cadastre.query.timeline.http;

import dev.cadastre.events.Retraction;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.shared.difference.DifferenceJson;
import dev.cadastre.query.shared.facts.FactJson;
import dev.cadastre.query.timeline.model.TimelineEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How one fact of a timeline reads. */
final class TimelineJson {

    /** The columns of a timeline as CSV: the members that hold one value each, and the rest. */
    static final List<String> COLUMNS =
            List.of(
                    "sequenceNumber",
                    "position",
                    "type",
                    "effectiveAt",
                    "recordedAt",
                    "principal",
                    "actor",
                    "source",
                    "reason",
                    "change",
                    "backDated",
                    "scheduled",
                    "retracts",
                    "retractedBy",
                    "versions",
                    "changes",
                    "relationsAdded",
                    "relationsRemoved");

    private TimelineJson() {}

    static ObjectNode of(TimelineEntry entry) {
        ObjectNode json = FactJson.of(entry.fact().stored());
        json.put("backDated", entry.isBackDated());
        json.put("scheduled", entry.isScheduled());
        if (entry.fact().event() instanceof Retraction retraction) {
            json.put("retracts", retraction.retracted());
        }
        @Nullable StoredEvent retractedBy = entry.retractedBy();
        if (retractedBy != null) {
            ObjectNode retraction = HttpJson.mapper().createObjectNode();
            retraction.put("sequenceNumber", retractedBy.envelope().sequenceNumber());
            retraction.put("position", retractedBy.position());
            retraction.put("recordedAt", InstantText.format(retractedBy.envelope().recordedAt()));
            json.set("retractedBy", retraction);
        }
        ArrayNode versions = HttpJson.mapper().createArrayNode();
        entry.versions().forEach(versions::add);
        json.set("versions", versions);
        DifferenceJson.addTo(json, entry.changes());
        return json;
    }
}
