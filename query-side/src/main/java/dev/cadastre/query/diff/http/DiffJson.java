package dev.cadastre.query.diff.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.diff.model.EntityDifference;
import dev.cadastre.query.diff.model.FoldDifference;
import dev.cadastre.query.shared.difference.DifferenceJson;
import dev.cadastre.query.shared.difference.JsonPatch;
import dev.cadastre.query.shared.facts.FactJson;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.temporal.Version;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the difference of one thing reads. */
final class DiffJson {

    /** The columns of a diff as CSV. */
    static final List<String> COLUMNS =
            List.of(
                    "kind",
                    "id",
                    "change",
                    "from",
                    "to",
                    "changes",
                    "relationsAdded",
                    "relationsRemoved",
                    "events",
                    "patch");

    private DiffJson() {}

    /**
     * @param patch whether a JSON Patch from the one body to the other is wanted too
     */
    static ObjectNode of(EntityDifference difference, boolean patch) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("kind", difference.kind());
        json.put("id", difference.id());
        json.put("change", difference.change().name().toLowerCase(Locale.ROOT));
        addVersion(json, "from", difference.from());
        addVersion(json, "to", difference.to());
        DifferenceJson.addTo(json, difference.content());
        ArrayNode events = HttpJson.mapper().createArrayNode();
        difference.facts().forEach(fact -> events.add(event(fact)));
        json.set("events", events);
        if (patch) {
            json.set("patch", JsonPatch.between(difference.before(), difference.after()));
        }
        return json;
    }

    /** At which coordinates the two states were. */
    static ObjectNode coordinates(DiffEnds ends) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.set("from", end(ends.from()));
        json.set("to", end(ends.to()));
        return json;
    }

    private static ObjectNode end(Coordinates at) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("asOf", InstantText.format(at.asOf()));
        json.put("knownAt", InstantText.format(at.knownAt()));
        json.put("logPosition", at.position());
        return json;
    }

    private static void addVersion(ObjectNode json, String name, @Nullable Version version) {
        if (version != null) {
            ObjectNode told = HttpJson.mapper().createObjectNode();
            told.put("version", version.number());
            told.put("validFrom", InstantText.format(version.validFrom()));
            told.put("position", version.recordedFrom());
            json.set(name, told);
        }
    }

    private static ObjectNode event(FoldDifference difference) {
        ObjectNode json = FactJson.of(difference.fact().stored());
        json.put("in", difference.onlyTo() ? "to" : "from");
        if (difference.isRetracted()) {
            json.put("retracted", true);
        }
        return json;
    }
}
