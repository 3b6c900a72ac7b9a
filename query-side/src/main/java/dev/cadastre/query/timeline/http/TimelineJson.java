package dev.cadastre.query.timeline.http;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.Retraction;
import dev.cadastre.events.ci.CiEvent.CiRestored;
import dev.cadastre.events.ci.RestoredVersion;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.shared.difference.DifferenceJson;
import dev.cadastre.query.shared.facts.FactJson;
import dev.cadastre.query.shared.facts.RecordedFact;
import dev.cadastre.query.shared.facts.StreamFacts;
import dev.cadastre.query.shared.snapshots.TakenSnapshot;
import dev.cadastre.query.timeline.model.InboundChange;
import dev.cadastre.query.timeline.model.LateFor;
import dev.cadastre.query.timeline.model.TimelineEntry;
import dev.cadastre.query.timeline.model.TimelineItem;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the facts of one thing's history read.
 *
 * @param facts all that were ever recorded of it
 * @param lateFor looks at all snapshots that were taken by the coordinates
 */
record TimelineJson(StreamFacts facts, LateFor lateFor) {

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
                    "relationsRemoved",
                    "entity",
                    "inboundAdded",
                    "inboundRemoved",
                    "restores",
                    "lateBy",
                    "afterSnapshots");

    ObjectNode of(TimelineItem item) {
        ObjectNode json = FactJson.of(item.fact().stored());
        json.put("entity", item.fact().envelope().stream());
        json.put("backDated", item.isBackDated());
        if (item.isBackDated()) {
            json.put(
                    "lateBy",
                    Duration.of(
                                    item.fact().recordedAt() - item.fact().effectiveAt(),
                                    ChronoUnit.MICROS)
                            .toString());
        }
        json.put("scheduled", item.isScheduled());
        addSnapshots(json, item);
        if (item.fact().event() instanceof Retraction retraction) {
            json.put("retracts", retraction.retracted());
        }
        @Nullable StoredEvent retractedBy = item.retractedBy();
        if (retractedBy != null) {
            ObjectNode retraction = HttpJson.mapper().createObjectNode();
            retraction.put("sequenceNumber", retractedBy.envelope().sequenceNumber());
            retraction.put("position", retractedBy.position());
            retraction.put("recordedAt", InstantText.format(retractedBy.envelope().recordedAt()));
            json.set("retractedBy", retraction);
        }
        switch (item) {
            case TimelineEntry own -> addOwn(json, own);
            case InboundChange inbound -> {
                addInbound(json, "inboundAdded", inbound.from(), inbound.added());
                addInbound(json, "inboundRemoved", inbound.from(), inbound.removed());
            }
        }
        return json;
    }

    /** Which snapshots lack the fact because it came too late for them. */
    private void addSnapshots(ObjectNode json, TimelineItem item) {
        ArrayNode after = HttpJson.mapper().createArrayNode();
        for (TakenSnapshot snapshot : lateFor.lacking(item)) {
            ObjectNode told = after.addObject();
            told.put("id", snapshot.id());
            told.put("name", snapshot.name());
            told.put("asOf", InstantText.format(snapshot.asOf()));
            told.put("position", snapshot.position());
        }
        if (!after.isEmpty()) {
            json.set("afterSnapshots", after);
        }
    }

    private void addOwn(ObjectNode json, TimelineEntry own) {
        if (own.fact().event() instanceof CiRestored restored) {
            json.set("restores", version(restored.version()));
        }
        ArrayNode versions = HttpJson.mapper().createArrayNode();
        own.versions().forEach(versions::add);
        json.set("versions", versions);
        DifferenceJson.addTo(json, own.changes());
    }

    private ObjectNode version(RestoredVersion version) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("version", version.number());
        json.put("validFrom", InstantText.format(Microseconds.of(version.validFrom())));
        json.put("sequenceNumber", version.sequenceNumber());
        if (version.sequenceNumber() < facts.recorded().size()) {
            RecordedFact creator = facts.recorded().get((int) version.sequenceNumber());
            json.put("position", creator.position());
        }
        return json;
    }

    private static void addInbound(ObjectNode json, String name, String from, List<String> types) {
        if (!types.isEmpty()) {
            ArrayNode relations = HttpJson.mapper().createArrayNode();
            for (String type : types) {
                relations.addObject().put("type", type).put("from", from);
            }
            json.set(name, relations);
        }
    }
}
