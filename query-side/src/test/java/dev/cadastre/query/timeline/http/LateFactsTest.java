package dev.cadastre.query.timeline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.ci.CiEvent.CiAssetLinked;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.histories.QueryServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LateFactsTest {

    @TempDir Path directory;

    private QueryServer server;

    @BeforeEach
    void start() {
        server = QueryServer.start(directory, Clock.systemUTC(), ZoneOffset.UTC);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_late_fact_names_the_snapshots_that_lack_it() {
        StreamId ci = StreamId.ci("audited");
        server.recorded().at("2024-01-01T00:00:00Z", ci, server("production"));
        long position = take("q1", SnapshotScope.ALL);
        take("assets", new SnapshotScope("asset", Map.of()));
        server.recorded().at("2024-02-01T00:00:00Z", ci, renamed("late"));
        server.recorded().at("2024-04-01T00:00:00Z", ci, renamed("after"));
        server.recorded().now(ci, new CiFactRetracted(0));

        JsonNode items = server.json("/api/v1/cis/audited/timeline").get("items");

        assertThat(lacking("/api/v1/cis/audited"))
                .containsExactly(List.of(), List.of("q1"), List.of(), List.of("q1"));
        assertThat(items.at("/1/afterSnapshots/0").toString())
                .isEqualTo(
                        "{\"id\":\"q1\",\"name\":\"Snapshot\","
                                + "\"asOf\":\"2024-03-31T00:00:00Z\",\"position\":"
                                + position
                                + "}");
        assertThat(items.get(1).get("lateBy").asString()).startsWith("PT");
        // Before the snapshots were taken nobody knew of them.
        assertThat(lacking("/api/v1/cis/audited", "?knownAt=position:" + position))
                .containsExactly(List.of());
    }

    @Test
    void a_snapshot_is_named_only_where_the_thing_was_in_its_scope_at_its_instant() {
        StreamId ci = StreamId.ci("moved");
        server.recorded().at("2024-01-01T00:00:00Z", ci, server("test"));
        server.recorded().at("2024-04-01T00:00:00Z", ci, environment("production"));
        take("testing", environments("test"));
        take("producing", environments("production"));
        take("located", new SnapshotScope(null, Map.of("location", List.of("Oslo"))));
        server.recorded().at("2024-02-01T00:00:00Z", ci, renamed("late"));

        // Production came after the instant that the snapshots show.
        assertThat(lacking("/api/v1/cis/moved"))
                .containsExactly(List.of(), List.of(), List.of("testing"));
    }

    @Test
    void a_late_fact_by_which_a_thing_comes_into_a_scope_or_leaves_it_names_the_snapshot() {
        StreamId ci = StreamId.ci("restated");
        server.recorded().at("2024-01-01T00:00:00Z", ci, server("staging"));
        take("staged", environments("staging"));
        take("prepared", environments("preparation"));
        server.recorded().at("2024-02-01T00:00:00Z", ci, environment("preparation"));
        server.recorded().now(ci, new CiFactRetracted(1));
        StreamId unknown = StreamId.ci("unknown");
        server.recorded().at("2024-01-01T00:00:00Z", unknown, server("preparation"));

        assertThat(lacking("/api/v1/cis/restated"))
                .containsExactly(
                        List.of(), List.of("staged", "prepared"), List.of("staged", "prepared"));
        assertThat(lacking("/api/v1/cis/unknown")).containsExactly(List.of("prepared"));
    }

    @Test
    void what_was_removed_by_the_instant_of_a_snapshot_is_not_in_it() {
        StreamId ci = StreamId.ci("gone");
        server.recorded().at("2024-01-01T00:00:00Z", ci, server("dismantling"));
        server.recorded().at("2024-03-01T00:00:00Z", ci, new CiRemoved(List.of()));
        take("dismantled", environments("dismantling"));
        server.recorded().at("2024-02-01T00:00:00Z", ci, renamed("late"));

        assertThat(lacking("/api/v1/cis/gone")).containsExactly(List.of(), List.of(), List.of());
    }

    @Test
    void a_late_fact_of_what_points_at_a_thing_is_lacked_by_snapshots_of_what_points() {
        StreamId asset = StreamId.asset("rack");
        server.recorded()
                .at(
                        "2024-01-01T00:00:00Z",
                        asset,
                        new AssetRegistered(
                                "In use", null, Map.of("location", "Bergen"), Map.of()));
        StreamId ci = StreamId.ci("racked");
        server.recorded().at("2024-01-01T00:00:00Z", ci, server("colocation"));
        take("racks", new SnapshotScope("asset", Map.of("location", List.of("Bergen"))));
        take("colocated", environments("colocation"));
        server.recorded().at("2024-02-01T00:00:00Z", ci, new CiAssetLinked("rack"));

        assertThat(lacking("/api/v1/assets/rack")).containsExactly(List.of(), List.of("colocated"));
    }

    @Test
    void only_what_was_recorded_late_comes_where_that_is_asked_for() {
        StreamId ci = StreamId.ci("punctual");
        server.recorded().now(ci, server("idle"));
        server.recorded().at("2024-02-01T00:00:00Z", ci, renamed("late"));
        server.recorded().at("2999-01-01T00:00:00Z", ci, renamed("early"));
        assertThat(server.json("/api/v1/cis/punctual/timeline?backDated=true").get("items"))
                .extracting(item -> item.get("sequenceNumber").longValue())
                .containsExactly(1L);
    }

    /** The ids of the snapshots that each item names. */
    private List<List<String>> lacking(String path, String... query) {
        List<List<String>> lacking = new ArrayList<>();
        for (JsonNode item :
                server.json(path + "/timeline" + String.join("", query)).get("items")) {
            List<String> ids = new ArrayList<>();
            item.path("afterSnapshots").forEach(each -> ids.add(each.get("id").asString()));
            lacking.add(ids);
        }
        return lacking;
    }

    /** Takes a snapshot as of the end of March 2024; tells its position. */
    private long take(String id, SnapshotScope scope) {
        Instant asOf = Instant.parse("2024-03-31T00:00:00Z");
        long position = server.recorded().log().head().size() - 1;
        server.recorded()
                .now(
                        StreamId.snapshot(id),
                        new SnapshotTaken(
                                "Snapshot",
                                null,
                                scope,
                                new SnapshotCoordinates(asOf, asOf, position, position + 1, "00")));
        return position;
    }

    private static SnapshotScope environments(String environment) {
        return new SnapshotScope("ci", Map.of("environment", List.of(environment)));
    }

    private static CiRegistered server(String environment) {
        return new CiRegistered(
                "server", null, null, null, Map.of("environment", environment), List.of());
    }

    private static CiChanged environment(String environment) {
        return new CiChanged(Map.of("environment", environment), List.of(), List.of(), List.of());
    }

    private static CiRenamed renamed(String name) {
        return new CiRenamed(name);
    }
}
