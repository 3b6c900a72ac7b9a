package dev.cadastre.events.json;

import dev.cadastre.events.Event;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiAssetLinked;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.CiEvent.CiRestored;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.ci.RestoredVersion;
import dev.cadastre.events.imports.ImportEvent.ImportEnded;
import dev.cadastre.events.imports.ImportEvent.ImportReject;
import dev.cadastre.events.imports.ImportEvent.ImportStarted;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;
import dev.cadastre.events.person.PersonEvent.PersonRegistered;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotSealed;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.events.webhook.WebhookEvent.WebhookChanged;
import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookPaused;
import dev.cadastre.events.webhook.WebhookEvent.WebhookResumed;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSecretRolled;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSubscribed;
import dev.cadastre.events.webhook.WebhookFilter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One event of each type with every property filled; their stored JSON lies in {@code events/}. */
final class EventSamples {

    private static final WebhookFilter FILTER =
            new WebhookFilter(
                    List.of("ci.*"),
                    List.of("ci"),
                    List.of("ci:db-1"),
                    Map.of("class", List.of("server", "")));

    private EventSamples() {}

    static List<Event> all() {
        return List.of(
                new AssetRegistered(
                        "In stock",
                        "Available",
                        Map.of(
                                "assetTag", "A-001042",
                                "type", "hardware",
                                "serialNumber", "5CG1234\u00e9",
                                "purchase",
                                        Map.of(
                                                "supplier", "Northwind",
                                                "date", "2024-02-29",
                                                "cost",
                                                        Map.of(
                                                                "currency", "EUR",
                                                                "amount", "1234.50"))),
                        Map.of("ports", 8L, "spare", false, "tags", List.of("a", 1L, true))),
                new AssetDescribed(
                        Map.of("model", "EliteBook 840"),
                        List.of("warrantyUntil"),
                        Map.of("ram.gb", 16L, "empty", "", "none", List.of()),
                        List.of("colour")),
                new AssetAssigned(
                        Map.of("custodian", "person-7w3k", "location", "Berlin/2/17"),
                        List.of("costCentre")),
                new AssetTransitioned("Retired", "Lease return"),
                new AssetFactRetracted(3),
                new CiRegistered(
                        "server",
                        "db-1",
                        new Lifecycle("Operational", "In Use"),
                        "A-001042",
                        Map.of("cores", 8L, "ip", List.of("10.0.0.1", "10.0.0.2")),
                        List.of(new Relation("hostedOn", "rack:1"))),
                new CiChanged(
                        Map.of("cores", 16L, "largest", 9_007_199_254_740_991L),
                        List.of("note"),
                        List.of(new Relation("dependsOn", "a/b;c%")),
                        List.of(new Relation("hostedOn", "rack:1"))),
                new CiRenamed("db-2"),
                new CiLifecycleChanged("End of Life", "Retired"),
                new CiAssetLinked("A-001042"),
                new CiRemoved(List.of(new Relation("dependsOn", "a/b;c%"))),
                new CiRestored(
                        new RestoredVersion(3, Instant.parse("2024-02-29T12:00:00.000001Z"), 4),
                        "server",
                        "db-1",
                        new Lifecycle("Operational", "In Use"),
                        "A-001042",
                        Map.of("cores", 8L, "ip", List.of("10.0.0.1", "10.0.0.2")),
                        List.of(new Relation("hostedOn", "rack:1"))),
                new CiFactRetracted(0),
                new CiClassDefined("A computer that serves", Map.of("cores", "integer")),
                new RelationTypeDefined("Runs inside", "hosts", true),
                new PersonRegistered("key-7w3k", "bm9uY2UgYW5kIGNpcGhlcnRleHQ="),
                new ImportStarted("history", "discovery", true),
                new ImportEnded(
                        "ended-early",
                        "line 3 is no JSON",
                        3,
                        2,
                        1,
                        0,
                        1,
                        List.of(new ImportReject(2, "CHG-7", "db-1", "already registered"))),
                new SnapshotTaken(
                        "Year end 2025",
                        "ISO 27001 surveillance audit",
                        new SnapshotScope(
                                "ci",
                                Map.of(
                                        "environment", List.of("test", "", "production"),
                                        "class", List.of("server"))),
                        new SnapshotCoordinates(
                                Instant.parse("2025-12-31T23:59:59.999999Z"),
                                Instant.parse("2026-01-05T08:30:00Z"),
                                41_336,
                                41_340,
                                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")),
                new SnapshotSealed(
                        1,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        Map.of("ci", 1_204L)),
                new WebhookSubscribed("CMDB mirror", "https://example.org/in", FILTER, 41L),
                new WebhookChanged("Mirror", "https://example.org/other", FILTER),
                new WebhookPaused(),
                new WebhookResumed(17L),
                new WebhookSecretRolled(1, 86_400),
                new WebhookEnded());
    }
}
