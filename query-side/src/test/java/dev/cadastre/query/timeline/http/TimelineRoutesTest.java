package dev.cadastre.query.timeline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.ci.CiEvent.CiAssetLinked;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TimelineRoutesTest {

    private static final String WEB = "/api/v1/cis/web/timeline";

    private static final Relation ON_HUB = new Relation("runsOn", "hub");

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
    void a_timeline_tells_who_when_and_what() {
        JsonNode page = server.json(WEB);
        assertThat(page.get("total").intValue()).isEqualTo(4);
        assertThat(page.get("next").isNull()).isTrue();
        JsonNode registered = page.at("/items/0");
        assertThat(registered.get("sequenceNumber").longValue()).isZero();
        assertThat(registered.get("position").longValue()).isEqualTo(2);
        assertThat(registered.get("type").stringValue()).isEqualTo("ci.registered");
        assertThat(registered.get("effectiveAt").stringValue()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(registered.get("principal").stringValue()).isEqualTo("person-tester");
        assertThat(registered.get("source").stringValue()).isEqualTo("test");
        assertThat(registered.get("backDated").booleanValue()).isTrue();
        assertThat(registered.get("versions").toString()).isEqualTo("[0]");
        assertThat(registered.get("relationsAdded").toString())
                .isEqualTo("[{\"type\":\"dependsOn\",\"to\":\"db\"}]");
    }

    @Test
    void a_retracted_fact_names_its_retraction_which_took_the_change_back() {
        JsonNode page = server.json(WEB);
        assertThat(page.at("/items/1/retractedBy/sequenceNumber").longValue()).isEqualTo(3);
        assertThat(page.at("/items/3/retracts").longValue()).isEqualTo(1);
        assertThat(page.at("/items/3/changes").toString())
                .isEqualTo("[{\"field\":\"/attributes/cores\",\"before\":8,\"after\":4}]");
    }

    @Test
    void by_effective_time_each_fact_follows_what_was_true_before_it() {
        JsonNode page = server.json(WEB + "?sort=effectiveAt");
        assertThat(numbers(page)).containsExactly(0L, 2L, 1L, 3L);
        assertThat(page.at("/items/1/changes").toString())
                .isEqualTo("[{\"field\":\"/attributes/cores\",\"before\":2,\"after\":4}]");
        assertThat(page.at("/items/2/changes").isEmpty()).isTrue();
        assertThat(numbers(server.json(WEB + "?sort=-recordedAt"))).containsExactly(3L, 2L, 1L, 0L);
    }

    @Test
    void later_knowledge_is_left_out_and_scheduled_facts_only_when_an_instant_is_asked_for() {
        assertThat(numbers(server.json(WEB + "?knownAt=position:4"))).containsExactly(0L, 1L);
        assertThat(numbers(server.json(WEB + "?asOf=2024-02-10"))).containsExactly(0L, 2L);
        assertThat(server.json(WEB + "?knownAt=2020-01-01").get("items").isEmpty()).isTrue();
    }

    @Test
    void pages_follow_each_other_at_the_coordinates_of_the_first() {
        List<Long> numbers = new ArrayList<>();
        JsonNode page = server.json(WEB + "?limit=3");
        numbers.addAll(numbers(page));
        page = server.json(WEB + "?limit=3&cursor=" + page.get("next").stringValue());
        numbers.addAll(numbers(page));
        assertThat(numbers).containsExactly(0L, 1L, 2L, 3L);
        assertThat(page.get("next").isNull()).isTrue();
    }

    @Test
    void as_lines_and_as_a_table_the_whole_timeline_comes() {
        HttpResponse<String> lines = server.get(WEB, "Accept", "application/x-ndjson");
        assertThat(lines.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(lines.body().lines()).hasSize(4);
        HttpResponse<String> table = server.get(WEB, "Accept", "text/csv");
        assertThat(table.body().lines()).hasSize(5);
        assertThat(table.body()).startsWith("sequenceNumber,position,type,effectiveAt,recordedAt,");
    }

    @Test
    void a_formula_in_a_name_is_no_formula_in_a_table() {
        assertThat(server.get("/api/v1/assets/laptop/timeline", "Accept", "text/csv").body())
                .contains("\"[{\"\"field\"\":\"\"/name\"\",\"\"after\"\":\"\"=1+1\"\"}");
    }

    @Test
    void an_id_with_slash_semicolon_and_percent_gets_through() {
        JsonNode page = server.json("/api/v1/cis/db%2Fold%3B%2050%25/timeline");
        assertThat(numbers(page)).containsExactly(0L, 1L);
        assertThat(page.at("/items/1/type").stringValue()).isEqualTo("ci.removed");
    }

    @Test
    void coordinates_are_stated() {
        HttpResponse<String> answer = server.get(WEB + "?knownAt=position:4");
        assertThat(answer.headers().firstValue("Log-Position")).hasValue("4");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
                .contains("immutable");
        assertThat(
                        server.get(WEB, "Accept-Datetime", "Tue, 31 Dec 2019 10:00:00 GMT")
                                .headers()
                                .firstValue("As-Of"))
                .hasValue("2019-12-31T10:00:00.999999Z");
    }

    @ParameterizedTest
    @CsvSource({
        "sort=name,sort",
        "'sort=recordedAt,effectiveAt',sort",
        "limit=0,limit",
        "limit=many,limit",
        "cursor=rubbish,cursor",
        "knownAt=yesterday,knownAt",
        "asOf=2024-02-30,asOf",
        "knownAt=position:99999,knownAt",
        "unheardOf=1,unheardOf"
    })
    void what_is_not_allowed_is_refused_by_name(String query, String parameter) {
        HttpResponse<String> answer = server.get(WEB + "?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"parameter\":\"" + parameter + "\"");
    }

    @Test
    void what_was_never_recorded_is_not_found() {
        assertThat(server.get("/api/v1/cis/nobody/timeline").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/assets/web/timeline").statusCode()).isEqualTo(404);
    }

    @Test
    void relations_that_came_and_went_from_the_other_side_are_told() {
        StreamId hub = StreamId.ci("hub");
        StreamId spoke = StreamId.ci("spoke");
        StreamId box = StreamId.asset("box");
        server.recorded().at("2024-01-01T00:00:00Z", hub, ci(List.of()));
        server.recorded().at("2024-01-01T00:00:00Z", spoke, ci(List.of(ON_HUB)));
        server.recorded()
                .at(
                        "2024-03-01T00:00:00Z",
                        spoke,
                        new CiChanged(Map.of(), List.of(), List.of(), List.of(ON_HUB)));
        server.recorded()
                .at(
                        "2024-02-01T00:00:00Z",
                        spoke,
                        new CiChanged(Map.of("x", 1L), List.of(), List.of(), List.of()));
        server.recorded()
                .at(
                        "2024-04-01T00:00:00Z",
                        spoke,
                        new CiChanged(Map.of(), List.of(), List.of(ON_HUB), List.of()));
        long known = server.recorded().log().head().size() - 1;
        server.recorded().now(spoke, new CiFactRetracted(3));
        server.recorded().at("2024-05-01T00:00:00Z", spoke, new CiRemoved(List.of(ON_HUB)));
        server.recorded()
                .at(
                        "2024-05-02T00:00:00Z",
                        box,
                        new AssetRegistered("In use", null, Map.of("ci", "hub"), Map.of()));

        assertThat(told("/api/v1/cis/hub/timeline"))
                .containsExactly(
                        "ci:hub 0 + -",
                        "ci:spoke 0 +runsOn spoke -",
                        "ci:spoke 1 + -runsOn spoke",
                        "ci:spoke 3 +runsOn spoke - retracted",
                        "ci:spoke 4 + -runsOn spoke",
                        "asset:box 0 +ci box -");
        assertThat(told("/api/v1/cis/hub/timeline?knownAt=position:" + known))
                .endsWith("ci:spoke 1 + -runsOn spoke", "ci:spoke 3 +runsOn spoke -");
        // By effective time the retracted one changes nothing, so it tells nothing of the hub.
        assertThat(told("/api/v1/cis/hub/timeline?sort=-effectiveAt"))
                .containsExactly(
                        "asset:box 0 +ci box -",
                        "ci:spoke 1 + -runsOn spoke",
                        "ci:spoke 0 +runsOn spoke -",
                        "ci:hub 0 + -");
        assertThat(told("/api/v1/cis/hub/timeline?inbound=false")).containsExactly("ci:hub 0 + -");
        assertThat(told("/api/v1/cis/hub/timeline?asOf=2024-02-01"))
                .containsExactly("ci:hub 0 + -", "ci:spoke 0 +runsOn spoke -");
    }

    @Test
    void a_link_from_a_ci_is_told_to_its_asset() {
        StreamId asset = StreamId.asset("linked");
        server.recorded().now(asset, new AssetRegistered("In use", null, Map.of(), Map.of()));
        StreamId ci = StreamId.ci("of-linked");
        server.recorded().now(ci, ci(List.of()));
        server.recorded().now(ci, new CiAssetLinked("linked"));
        server.recorded().now(ci, new CiAssetLinked(null));
        assertThat(told("/api/v1/assets/linked/timeline"))
                .containsExactly(
                        "asset:linked 0 + -",
                        "ci:of-linked 1 +asset of-linked -",
                        "ci:of-linked 2 + -asset of-linked");
    }

    private static List<String> told(String path) {
        List<String> told = new ArrayList<>();
        server.json(path)
                .get("items")
                .forEach(
                        item ->
                                told.add(
                                        item.get("entity").asString()
                                                + " "
                                                + item.get("sequenceNumber")
                                                + " +"
                                                + inbound(item, "inboundAdded")
                                                + " -"
                                                + inbound(item, "inboundRemoved")
                                                + (item.has("retractedBy") ? " retracted" : "")));
        return told;
    }

    private static String inbound(JsonNode item, String name) {
        JsonNode relation = item.path(name).path(0);
        return relation.isMissingNode()
                ? ""
                : relation.get("type").asString() + " " + relation.get("from").asString();
    }

    private static CiRegistered ci(List<Relation> relations) {
        return new CiRegistered("server", null, null, null, Map.of(), relations);
    }

    private static List<Long> numbers(JsonNode page) {
        List<Long> numbers = new ArrayList<>();
        page.get("items").forEach(item -> numbers.add(item.get("sequenceNumber").longValue()));
        return numbers;
    }
}
