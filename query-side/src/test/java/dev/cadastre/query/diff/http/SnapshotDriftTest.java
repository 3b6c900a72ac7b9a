package dev.cadastre.query.diff.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Snapshots;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How the register drifts away from a snapshot. */
class SnapshotDriftTest {

    private static final String DIFF = "/api/v1/diff";

    @TempDir Path directory;

    private QueryServer server;

    @BeforeEach
    void start() {
        server =
                QueryServer.start(
                        directory, Clock.fixed(Snapshots.AS_OF, ZoneOffset.UTC), ZoneOffset.UTC);
        Estate.record(server.recorded());
        take("before", SnapshotScope.ALL);
        take("services", new SnapshotScope("ci", Map.of("class", List.of("service"))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_late_fact_and_a_correction_are_drift() {
        assertThat(summary(server.json(DIFF + "?from=snapshot:before"))).isEmpty();

        server.recorded().at("2024-05-01T00:00:00Z", Estate.DB, cores(16));
        server.recorded().now(Estate.WEB, new CiFactRetracted(2));

        JsonNode drift = server.json(drift("before"));
        assertThat(summary(drift)).containsExactly("ci db changed", "ci web changed");
        assertThat(drift.at("/items/0/changes").toString())
                .isEqualTo("[{\"field\":\"/attributes/cores\",\"before\":2,\"after\":16}]");
        assertThat(drift.at("/items/1/events/0/retracted").booleanValue()).isTrue();
        assertThat(drift.at("/coordinates/from/logPosition").longValue()).isEqualTo(10);
    }

    @Test
    void two_snapshots_compared_never_change_their_answer() {
        server.recorded().at("2024-05-01T00:00:00Z", Estate.DB, cores(16));
        take("after", SnapshotScope.ALL);
        String query = DIFF + "?from=snapshot:before&to=snapshot:after";
        String told = server.get(query).body();

        server.recorded().at("2024-05-02T00:00:00Z", Estate.DB, cores(32));

        assertThat(summary(server.json(query))).containsExactly("ci db changed");
        assertThat(server.get(query).body()).isEqualTo(told);
        assertThat(server.get(query).headers().firstValue("Cache-Control").orElseThrow())
                .contains("immutable");
    }

    @Test
    void the_scope_is_that_of_the_snapshot_unless_another_is_named() {
        server.recorded().at("2024-05-01T00:00:00Z", Estate.DB, cores(16));
        server.recorded().at("2024-05-01T00:00:00Z", Estate.WEB, cores(16));

        assertThat(summary(server.json(DIFF + "?from=snapshot:services")))
                .containsExactly("ci web changed");
        assertThat(summary(server.json(DIFF + "?from=2024-04-01&to=snapshot:services"))).isEmpty();
        assertThat(summary(server.json(DIFF + "?from=snapshot:services&class=server")))
                .containsExactly("ci db changed");
        assertThat(summary(server.json(DIFF + "?from=snapshot:services&kind=ci")))
                .containsExactly("ci db changed", "ci web changed");
    }

    @Test
    void one_thing_is_compared_with_what_a_snapshot_shows_of_it() {
        server.recorded().at("2024-05-01T00:00:00Z", Estate.DB, cores(16));

        assertThat(server.json("/api/v1/cis/db/diff?from=snapshot:before").at("/changes/0/after"))
                .hasToString("16");
    }

    @ParameterizedTest
    @CsvSource({
        "from=snapshot:absent, 404, from",
        "from=snapshot:, 404, from",
        "from=snapshot:before&to=snapshot:%00%F0%9F%98%80:x, 404, to",
        "from=snapshot:before&knownAt=position:3, 400, knownAt",
        "from=snapshot:before&fromKnownAt=position:3, 400, fromKnownAt",
        "from=snapshot:before&to=snapshot:before&toKnownAt=position:3, 400, toKnownAt",
        "from=snapshot:before&to=snapshot:services, 400, to",
        "from=snapshot:before&to=tomorrow, 400, to",
    })
    void what_names_no_two_ends_is_refused(String query, int status, String parameter) {
        var answer = server.get(DIFF + "?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"parameter\":\"" + parameter + "\"");
    }

    private void take(String id, SnapshotScope scope) {
        Snapshots.take(server.recorded(), id, scope);
    }

    private String drift(String id) {
        return server.json("/api/v1/snapshots/" + id).at("/links/drift").stringValue();
    }

    private static CiChanged cores(long cores) {
        return new CiChanged(Map.of("cores", cores), List.of(), List.of(), List.of());
    }

    private static List<String> summary(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(
                        item ->
                                item.path("kind").stringValue()
                                        + " "
                                        + item.path("id").stringValue()
                                        + " "
                                        + item.path("change").stringValue())
                .toList();
    }
}
