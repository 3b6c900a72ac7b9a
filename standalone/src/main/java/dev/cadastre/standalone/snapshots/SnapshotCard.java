package dev.cadastre.standalone.snapshots;

import dev.cadastre.standalone.answers.ValueText;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A snapshot as people want to see it. */
final class SnapshotCard {

    private static final List<String> MEMBERS =
            List.of(
                    "id",
                    "name",
                    "purpose",
                    "state",
                    "scope",
                    "coordinates",
                    "digest",
                    "entities",
                    "entitiesByKind",
                    "note");

    private SnapshotCard() {}

    /** The members that say what it is, and who took it when and why. */
    static JsonNode of(JsonNode snapshot) {
        ObjectNode card = ((ObjectNode) snapshot).objectNode();
        MEMBERS.stream()
                .filter(snapshot::has)
                .forEach(member -> card.set(member, snapshot.get(member)));
        JsonNode taken = snapshot.path("taken");
        card.put("taken", ValueText.of(taken.path("recordedAt")) + " by " + ValueText.who(taken));
        String why = ValueText.why(taken);
        if (!why.isEmpty()) {
            card.put("why", why);
        }
        return card;
    }
}
