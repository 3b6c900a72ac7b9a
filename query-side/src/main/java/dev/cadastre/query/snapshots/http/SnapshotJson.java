package dev.cadastre.query.snapshots.http;

import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.shared.facts.FactJson;
import dev.cadastre.query.snapshots.model.Item;
import dev.cadastre.query.snapshots.model.Snapshot;
import dev.cadastre.query.snapshots.model.SnapshotCorrections.Corrected;
import dev.cadastre.query.snapshots.model.SnapshotCorrections.Fact;
import dev.cadastre.query.snapshots.model.SnapshotDigest;
import dev.cadastre.query.snapshots.model.SnapshotVerification.Recomputed;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How snapshots read. */
final class SnapshotJson {

    private static final String NOTHING =
            "The scope selects nothing at these coordinates: the snapshot says that there was"
                    + " none.";

    private SnapshotJson() {}

    static String pathOf(Snapshot snapshot) {
        return SnapshotRoutes.SNAPSHOTS
                + "/"
                + UriUtils.encode(snapshot.id(), StandardCharsets.UTF_8);
    }

    static ObjectNode of(Snapshot snapshot) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("id", snapshot.id());
        json.put("name", snapshot.taken().name());
        if (snapshot.taken().purpose() != null) {
            json.put("purpose", snapshot.taken().purpose());
        }
        json.put("state", snapshot.sealing() == null ? "taken" : "sealed");
        json.set("scope", scope(snapshot.taken().scope()));
        json.set("coordinates", HttpJson.mapper().valueToTree(snapshot.taken().coordinates()));
        if (snapshot.sealing() != null) {
            addSealing(json, snapshot.sealing());
        }
        json.set("taken", FactJson.of(snapshot.takenBy()));
        if (snapshot.sealing() != null) {
            json.set("sealed", FactJson.of(snapshot.sealing().sealedBy()));
        }
        json.set("links", links(snapshot));
        return json;
    }

    /** As the command answered it: what it does not narrow down is left out. */
    private static ObjectNode scope(SnapshotScope scope) {
        ObjectNode json = HttpJson.mapper().valueToTree(scope);
        if (scope.facets().isEmpty()) {
            json.remove("facets");
        }
        return json;
    }

    private static void addSealing(ObjectNode json, Snapshot.Sealing sealing) {
        SnapshotDigest.Result sealed = digest(sealing);
        json.put("digest", sealed.hex());
        json.put("digestFormat", sealing.sealed().format());
        json.put("entities", sealed.count());
        json.set("entitiesByKind", HttpJson.mapper().valueToTree(sealed.entities()));
        if (sealed.count() == 0) {
            json.put("note", NOTHING);
        }
    }

    private static ObjectNode links(Snapshot snapshot) {
        String path = pathOf(snapshot);
        ObjectNode links = HttpJson.mapper().createObjectNode();
        links.put("self", path);
        links.put("items", path + "/items");
        links.put("verification", path + "/verification");
        links.put("corrections", path + "/corrections");
        links.put(
                "drift",
                "/api/v1/diff?from=snapshot:"
                        + UriUtils.encode(snapshot.id(), StandardCharsets.UTF_8));
        return links;
    }

    private static SnapshotDigest.Result digest(Snapshot.Sealing sealing) {
        return new SnapshotDigest.Result(sealing.sealed().digest(), sealing.sealed().entities());
    }

    /** A thing as it was, with the hash that goes into the digest. */
    static ObjectNode of(Item item) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("kind", item.kind().word());
        json.put("sha256", item.contentHash());
        json.setAll((ObjectNode) item.body());
        return json;
    }

    static ObjectNode of(
            Snapshot snapshot, Snapshot.Sealing sealing, Recomputed recomputed, long corrected) {
        SnapshotDigest.Result sealed = digest(sealing);
        String recordedRoot = snapshot.taken().coordinates().root();
        boolean logHolds = recordedRoot.equals(recomputed.root());
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("id", snapshot.id());
        json.put("holds", logHolds && sealed.equals(recomputed.digest()));
        addBoth(
                json.putObject("digest"),
                sealed.hex(),
                recomputed.digest() == null ? null : recomputed.digest().hex());
        ObjectNode entities = json.putObject("entities");
        entities.put("sealed", sealed.count());
        if (recomputed.digest() != null) {
            entities.put("recomputed", recomputed.digest().count());
        }
        ObjectNode log = json.putObject("log");
        log.put("holds", logHolds);
        log.put("events", recomputed.events());
        ObjectNode root = log.putObject("root");
        root.put("recorded", recordedRoot);
        if (recomputed.root() != null) {
            root.put("recomputed", recomputed.root());
        }
        if (recomputed.problem() != null) {
            log.put("problem", recomputed.problem());
        }
        json.put("correctedSince", corrected);
        json.put("method", method(snapshot, recomputed));
        return json;
    }

    private static String method(Snapshot snapshot, Recomputed recomputed) {
        return recomputed.problem() != null
                ? "The log was read from its beginning, and digests, sequence numbers, the chain of"
                        + " commits and the root were computed again, up to where it contradicts"
                        + " itself. From there on nothing was looked at."
                : "All "
                        + recomputed.events()
                        + " events of the log up to the snapshot's own were read; digests,"
                        + " sequence numbers, the chain of commits and the root were computed"
                        + " again; then each thing's own stream was folded up to position "
                        + snapshot.taken().coordinates().position()
                        + " and digested. No index and no stored body was used.";
    }

    private static void addBoth(ObjectNode json, String sealed, @Nullable String recomputed) {
        json.put("sealed", sealed);
        if (recomputed != null) {
            json.put("recomputed", recomputed);
        }
    }

    static ObjectNode of(Corrected corrected) {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("kind", corrected.kind().word());
        json.put("id", corrected.id());
        json.put("change", corrected.change().name().toLowerCase(Locale.ROOT));
        ArrayNode facts = json.putArray("facts");
        corrected.facts().forEach(fact -> facts.add(of(fact)));
        return json;
    }

    private static ObjectNode of(Fact fact) {
        ObjectNode json = FactJson.of(fact.fact().stored());
        if (fact.takesBack() != null) {
            json.set("takesBack", FactJson.of(fact.takesBack().stored()));
        }
        if (fact.fact().retractedBy() != null) {
            json.put("retracted", true);
        }
        return json;
    }
}
