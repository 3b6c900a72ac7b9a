package dev.cadastre.query.impact.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ImpactRoutesTest {

    private static final String RACK = "/api/v1/cis/rack/impact";

    @TempDir static Path directory;

    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = QueryServer.start(directory, Clock.systemUTC(), ZoneOffset.UTC);
        Estate.record(server.recorded());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void what_depends_on_a_ci_is_told_with_distance_path_and_edges() {
        JsonNode impact = server.json(RACK);
        assertThat(impact.get("nodes").toString())
                .isEqualTo(
                        "[{\"id\":\"rack\",\"class\":\"rack\",\"distance\":0,\"path\":[\"rack\"]},"
                                + "{\"id\":\"db\",\"class\":\"server\",\"distance\":1,"
                                + "\"path\":[\"rack\",\"db\"]},"
                                + "{\"id\":\"web\",\"class\":\"service\",\"distance\":2,"
                                + "\"path\":[\"rack\",\"db\",\"web\"]}]");
        assertThat(impact.get("edges").toString())
                .isEqualTo(
                        "[{\"from\":\"db\",\"type\":\"runsOn\",\"to\":\"rack\"},"
                                + "{\"from\":\"web\",\"type\":\"dependsOn\",\"to\":\"db\"}]");
        assertThat(impact.get("total").intValue()).isEqualTo(3);
        assertThat(impact.get("truncated").booleanValue()).isFalse();
        assertThat(impact.get("direction").stringValue()).isEqualTo("dependents");
    }

    @Test
    void what_a_ci_depends_on_is_the_other_direction() {
        assertThat(server.json("/api/v1/cis/web/impact?direction=dependencies").get("nodes"))
                .hasSize(3);
        assertThat(server.json("/api/v1/cis/web/impact?direction=dependents").get("nodes"))
                .hasSize(1);
    }

    @Test
    void depth_types_and_number_of_nodes_bound_the_walk() {
        assertThat(server.json(RACK + "?depth=1").get("nodes")).hasSize(2);
        assertThat(server.json(RACK + "?types=runsOn").get("nodes")).hasSize(2);
        assertThat(server.json(RACK + "?types=runsOn,dependsOn").get("nodes")).hasSize(3);
        JsonNode bounded = server.json(RACK + "?nodes=2");
        assertThat(bounded.get("nodes")).hasSize(2);
        assertThat(bounded.get("edges")).hasSize(1);
        assertThat(bounded.get("total").intValue()).isEqualTo(3);
        assertThat(bounded.get("truncated").booleanValue()).isTrue();
    }

    @Test
    void nodes_come_as_lines_and_as_a_table_too() {
        assertThat(server.get(RACK, "Accept", "application/x-ndjson").body().lines()).hasSize(3);
        assertThat(server.get(RACK, "Accept", "text/csv").body())
                .startsWith("id,class,distance,path\r\nrack,rack,0,\"[\"\"rack\"\"]\"\r\n");
    }

    @Test
    void a_ci_that_is_not_there_then_is_not_found() {
        assertThat(server.get(RACK + "?asOf=2023-12-31").statusCode()).isEqualTo(404);
        assertThat(server.get(RACK + "?knownAt=2020-01-01").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/cis/nobody/impact").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/cis/db%2Fold%3B%2050%25/impact").statusCode())
                .isEqualTo(404);
        assertThat(
                        server.get("/api/v1/cis/db%2Fold%3B%2050%25/impact?asOf=2024-02-01")
                                .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "direction=up,direction",
        "depth=0,depth",
        "depth=33,depth",
        "nodes=0,nodes",
        "types=,types",
        "types=neverUsed,types",
        "limit=5,limit"
    })
    void what_is_not_allowed_is_refused_by_name(String query, String parameter) {
        HttpResponse<String> answer = server.get(RACK + "?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"" + parameter + "\"");
    }
}
