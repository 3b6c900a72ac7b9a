package dev.cadastre.query.snapshots.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.snapshot.SnapshotCoordinates;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotSealed;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.Snapshots;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.snapshots.model.SnapshotItems;
import dev.cadastre.query.snapshots.model.SnapshotRegister;
import dev.cadastre.query.snapshots.sealing.SnapshotSealer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SnapshotRoutesTest {

    private static final String SNAPSHOTS = "/api/v1/snapshots";
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir Path directory;

    private QueryServer server;

    @BeforeEach
    void start() {
        server = QueryServer.start(directory, CLOCK, ZoneOffset.UTC);
        Estate.record(server.recorded());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_snapshot_is_sealed_with_the_digest_of_its_items() throws Exception {
        takeAndAwait("q1", SnapshotScope.ALL);

        JsonNode snapshot = server.json(SNAPSHOTS + "/q1");
        assertThat(snapshot.path("state").stringValue()).isEqualTo("sealed");
        assertThat(snapshot.path("entities").longValue()).isEqualTo(4);
        String lines = server.get(SNAPSHOTS + "/q1/items", "Accept", "application/x-ndjson").body();
        StringBuilder digested = new StringBuilder();
        lines.lines()
                .map(MAPPER::readTree)
                .forEach(
                        item ->
                                digested.append(item.path("kind").stringValue())
                                        .append('\t')
                                        .append(item.path("id").stringValue())
                                        .append('\t')
                                        .append(item.path("sha256").stringValue())
                                        .append('\n'));
        assertThat(snapshot.path("digest").stringValue())
                .isEqualTo(
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(digested.toString().getBytes("UTF-8"))));
    }

    @Test
    void a_snapshot_stays_as_it_was_and_tells_what_was_corrected_since() throws Exception {
        takeAndAwait("q1", SnapshotScope.ALL);
        String before = server.get(SNAPSHOTS + "/q1/items?limit=1000").body();

        server.recorded()
                .at(
                        "2024-05-01T00:00:00Z",
                        Estate.WEB,
                        new CiChanged(Map.of("cores", 99L), List.of(), List.of(), List.of()));

        assertThat(server.get(SNAPSHOTS + "/q1/items?limit=1000").body()).isEqualTo(before);
        JsonNode verification = server.json(SNAPSHOTS + "/q1/verification");
        assertThat(verification.path("holds").booleanValue()).isTrue();
        assertThat(verification.path("correctedSince").longValue()).isEqualTo(1);
        JsonNode corrections = server.json(SNAPSHOTS + "/q1/corrections");
        assertThat(corrections.path("items").get(0).path("id").stringValue()).isEqualTo("web");
        assertThat(corrections.path("items").get(0).path("facts").size()).isEqualTo(1);
    }

    @Test
    void a_scope_that_selects_nothing_is_a_snapshot_of_nothing_which_says_so() throws Exception {
        takeAndAwait("none", new SnapshotScope("ci", Map.of("class", List.of("bridge"))));

        JsonNode snapshot = server.json(SNAPSHOTS + "/none");
        assertThat(snapshot.path("entities").longValue()).isZero();
        assertThat(snapshot.path("note").stringValue()).contains("selects nothing");
        assertThat(server.json(SNAPSHOTS + "/none/verification").path("holds").booleanValue())
                .isTrue();
    }

    @Test
    void a_snapshot_that_was_not_sealed_before_a_stop_is_sealed_after_the_start() throws Exception {
        server.close();
        try (Recorded recorded = Recorded.in(directory.resolve("data"), CLOCK)) {
            Snapshots.take(recorded, "q1", SnapshotScope.ALL);
        }

        server = QueryServer.start(directory, CLOCK, ZoneOffset.UTC);

        Snapshots.awaitSealed(server.recorded().log(), "q1");
        assertThat(server.json(SNAPSHOTS).path("total").longValue()).isEqualTo(1);
    }

    @Test
    void items_come_as_a_table_without_formulas() throws Exception {
        takeAndAwait("q1", SnapshotScope.ALL);

        String csv = server.get(SNAPSHOTS + "/q1/items", "Accept", "text/csv").body();

        assertThat(csv.lines().findFirst().orElseThrow()).startsWith("kind,id,sha256,");
        assertThat(csv).contains("'=1+1");
        assertThat(server.get(SNAPSHOTS + "/absent").statusCode()).isEqualTo(404);
    }

    @Test
    void ids_beyond_the_basic_plane_come_in_the_order_of_their_bytes() throws Exception {
        for (String id : List.of("\uD83D\uDE00", "\uE000", "\uFFEE", "z")) {
            server.recorded()
                    .at(
                            "2024-01-01T00:00:00Z",
                            StreamId.ci(id),
                            new CiRegistered(
                                    "room", null, null, null, Map.of("floor", 2L), List.of()));
        }
        takeAndAwait("rooms", new SnapshotScope("ci", Map.of("class", List.of("room"))));

        JsonNode items = server.json(SNAPSHOTS + "/rooms/items").path("items");
        assertThat(items.valueStream().map(item -> item.path("id").stringValue()))
                .containsExactly("z", "\uE000", "\uFFEE", "\uD83D\uDE00");
        assertThat(server.json(SNAPSHOTS + "/rooms/verification").path("holds").booleanValue())
                .isTrue();
    }

    @Test
    void a_digest_that_is_not_that_of_the_log_does_not_hold() {
        server.recorded()
                .changeSet(
                        Entry.of(
                                StreamId.snapshot("forged"),
                                Snapshots.taken(server.recorded(), SnapshotScope.ALL)),
                        Entry.of(
                                StreamId.snapshot("forged"),
                                new SnapshotSealed(1, "00".repeat(32), Map.of("ci", 3L))));

        JsonNode verification = server.json(SNAPSHOTS + "/forged/verification");

        assertThat(verification.path("holds").booleanValue()).isFalse();
        assertThat(verification.at("/log/holds").booleanValue()).isTrue();
        assertThat(verification.at("/entities/recomputed").longValue()).isEqualTo(4);
    }

    @Test
    void a_snapshot_of_another_log_does_not_hold() throws Exception {
        SnapshotTaken here = Snapshots.taken(server.recorded(), SnapshotScope.ALL);
        SnapshotCoordinates at = here.coordinates();
        server.recorded()
                .now(
                        StreamId.snapshot("elsewhere"),
                        new SnapshotTaken(
                                here.name(),
                                null,
                                here.scope(),
                                new SnapshotCoordinates(
                                        at.asOf(),
                                        at.knownAt(),
                                        at.position(),
                                        at.treeSize(),
                                        "00".repeat(32))));
        Snapshots.awaitSealed(server.recorded().log(), "elsewhere");

        JsonNode verification = server.json(SNAPSHOTS + "/elsewhere/verification");

        assertThat(verification.path("holds").booleanValue()).isFalse();
        assertThat(verification.at("/log/holds").booleanValue()).isFalse();
    }

    @Test
    void of_two_that_seal_at_once_one_does() throws Exception {
        try (SnapshotSealer other =
                SnapshotSealer.start(
                        server.recorded().log(),
                        server.bean(LogView.class),
                        server.bean(SnapshotRegister.class),
                        server.bean(SnapshotItems.class))) {
            for (int i = 0; i < 20; i++) {
                Snapshots.take(server.recorded(), "q" + i, SnapshotScope.ALL);
            }
            for (int i = 0; i < 20; i++) {
                Snapshots.awaitSealed(server.recorded().log(), "q" + i);
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(server.recorded().log().stream(StreamId.snapshot("q" + i).toString(), 0))
                    .hasSize(2);
        }
        takeAndAwait("last", SnapshotScope.ALL);
    }

    private void takeAndAwait(String id, SnapshotScope scope) throws Exception {
        Snapshots.take(server.recorded(), id, scope);
        Snapshots.awaitSealed(server.recorded().log(), id);
    }
}
