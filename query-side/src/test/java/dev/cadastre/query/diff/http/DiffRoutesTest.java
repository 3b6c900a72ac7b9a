package dev.cadastre.query.diff.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DiffRoutesTest {

    private static final String DIFF = "/api/v1/diff";
    private static final String WEB = "/api/v1/cis/web/diff";

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
    void what_differs_between_two_days_is_told_thing_by_thing() {
        JsonNode page = server.json(DIFF + "?from=2024-01-10&to=2024-02-10");
        assertThat(summary(page))
                .containsExactly("asset laptop added", "ci db/old; 50% added", "ci web changed");
        JsonNode web = page.at("/items/2");
        assertThat(web.get("changes").toString())
                .isEqualTo("[{\"field\":\"/attributes/cores\",\"before\":2,\"after\":4}]");
        assertThat(web.get("events")).hasSize(1);
        assertThat(web.at("/events/0/sequenceNumber").longValue()).isEqualTo(2);
        assertThat(web.at("/events/0/in").stringValue()).isEqualTo("to");
        assertThat(web.at("/from/version").intValue()).isZero();
        assertThat(page.at("/coordinates/from/asOf").stringValue())
                .isEqualTo("2024-01-10T00:00:00Z");
        assertThat(page.at("/coordinates/to/asOf").stringValue())
                .isEqualTo("2024-02-10T23:59:59.999999Z");
    }

    @Test
    void the_other_way_round_everything_is_turned_round() {
        assertThat(summary(server.json(DIFF + "?from=2024-02-10&to=2024-01-10")))
                .containsExactly(
                        "asset laptop removed", "ci db/old; 50% removed", "ci web changed");
    }

    @Test
    void what_came_and_went_is_no_net_difference() {
        assertThat(summary(server.json(DIFF + "?kind=ci&from=2024-01-10&to=2024-03-20")))
                .containsExactly("ci web changed");
    }

    @Test
    void kind_and_facets_narrow_the_scope() {
        assertThat(summary(server.json(DIFF + "?kind=asset&from=2024-01-10&to=2024-02-10")))
                .containsExactly("asset laptop added");
        assertThat(summary(server.json(DIFF + "?class=server&from=2024-01-10&to=2024-02-10")))
                .containsExactly("ci db/old; 50% added");
        assertThat(summary(server.json(DIFF + "?location=Oslo&from=2024-03-01&to=2024-03-20")))
                .containsExactly("asset laptop changed");
        assertThat(summary(server.json(DIFF + "?location=Bergen&from=2024-03-01"))).isEmpty();
    }

    @Test
    void a_correction_is_the_difference_between_two_states_of_knowledge() {
        JsonNode page =
                server.json(
                        DIFF
                                + "?from=2024-03-02&to=2024-03-02T00:00:00Z"
                                + "&fromKnownAt=position:5&toKnownAt=position:7");
        assertThat(summary(page)).containsExactly("ci web changed");
        JsonNode events = page.at("/items/0/events");
        assertThat(events).hasSize(2);
        assertThat(events.at("/0/in").stringValue()).isEqualTo("from");
        assertThat(events.at("/0/retracted").booleanValue()).isTrue();
        assertThat(events.at("/1/in").stringValue()).isEqualTo("to");
    }

    @Test
    void one_thing_is_compared_between_versions_and_instants() {
        JsonNode versions = server.json(WEB + "?from=version:0&to=version:1");
        assertThat(versions.get("change").stringValue()).isEqualTo("changed");
        assertThat(versions.get("changes").toString())
                .isEqualTo("[{\"field\":\"/attributes/cores\",\"before\":2,\"after\":8}]");
        assertThat(server.json(WEB + "?from=version:0&to=2024-02-10").at("/changes/0/after"))
                .hasToString("4");
        assertThat(server.json(WEB + "?from=2024-04-01").get("change").stringValue())
                .isEqualTo("unchanged");
        assertThat(server.json(WEB + "?from=2023-01-01&to=2024-01-01").get("change").stringValue())
                .isEqualTo("added");
    }

    @Test
    void a_patch_comes_where_it_is_asked_for() {
        assertThat(server.json(WEB + "?from=version:0&to=version:1&patch=true").get("patch"))
                .hasToString(
                        "[{\"op\":\"test\",\"path\":\"/attributes/cores\",\"value\":2},"
                                + "{\"op\":\"replace\",\"path\":\"/attributes/cores\",\"value\":8}]");
        JsonNode page = server.json(DIFF + "?from=2024-01-10&to=2024-02-10&patch=true");
        assertThat(page.at("/items/0/patch/1/value/state").stringValue()).isEqualTo("In stock");
        assertThat(server.json(DIFF + "?from=2024-01-10").at("/items/0").has("patch")).isFalse();
    }

    @Test
    void one_thing_also_comes_as_nothing_but_its_patch() {
        HttpResponse<String> answer =
                server.get(
                        WEB + "?from=version:0&to=version:1",
                        "Accept",
                        "application/json-patch+json");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/json-patch+json");
        assertThat(answer.body())
                .isEqualTo(
                        "[{\"op\":\"test\",\"path\":\"/attributes/cores\",\"value\":2},"
                                + "{\"op\":\"replace\",\"path\":\"/attributes/cores\",\"value\":8}]");
    }

    @Test
    void a_text_chooses_what_is_compared_as_in_lists() {
        String query = DIFF + "?from=2024-01-10&to=2024-02-10";
        assertThat(summary(server.json(query + "&q=WEB"))).containsExactly("ci web changed");
        assertThat(summary(server.json(query + "&q=in%20stock")))
                .containsExactly("asset laptop added");
        assertThat(summary(server.json(query + "&q=nobody"))).isEmpty();
        assertThat(server.get(query + "&q=" + "x".repeat(1_001)).statusCode()).isEqualTo(400);
    }

    @Test
    void an_offset_counts_differences() {
        String query = DIFF + "?from=2024-01-10&to=2024-02-10&limit=2";
        assertThat(server.get(query + "&offset=2").statusCode()).isEqualTo(400);
        query += "&knownAt=position:" + (server.recorded().log().head().size() - 1);
        assertThat(summary(server.json(query + "&offset=2"))).containsExactly("ci web changed");
        assertThat(summary(server.json(query + "&offset=3"))).isEmpty();
    }

    @Test
    void pages_follow_each_other() {
        String query = DIFF + "?from=2024-01-10&to=2024-02-10&limit=2";
        JsonNode first = server.json(query);
        assertThat(first.has("total")).isFalse();
        assertThat(first.get("totalAtMost").longValue()).isEqualTo(3);
        assertThat(summary(first)).hasSize(2);
        JsonNode second = server.json(query + "&cursor=" + first.get("next").stringValue());
        assertThat(summary(second)).containsExactly("ci web changed");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(
                        server.get(
                                        DIFF
                                                + "?from=2024-01-11&to=2024-02-10&limit=2&cursor="
                                                + first.get("next").stringValue())
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void as_lines_and_as_a_table_the_whole_diff_comes() {
        String query = DIFF + "?from=2024-01-10&to=2024-02-10";
        assertThat(server.get(query, "Accept", "application/x-ndjson").body().lines()).hasSize(3);
        assertThat(server.get(query, "Accept", "text/csv").body().lines())
                .hasSize(4)
                .startsWith(
                        "kind,id,change,from,to,changes,relationsAdded,relationsRemoved,events,patch");
    }

    @ParameterizedTest
    @CsvSource({
        "'',from",
        "to=2024-01-01,from",
        "from=version:1,from",
        "from=soon,from",
        "from=2024-01-01&to=2024-13-01,to",
        "from=2024-01-01&knownAt=position:1&toKnownAt=position:2,knownAt",
        "from=2024-01-01&asOf=2024-01-01,asOf",
        "from=2024-01-01&kind=person,kind",
        "from=2024-01-01&kind=ci&location=Oslo,location",
        "from=2024-01-01&limit=1001,limit",
        "from=2024-01-01&fromKnownAt=position:-7,fromKnownAt"
    })
    void what_is_not_allowed_is_refused_by_name(String query, String parameter) {
        HttpResponse<String> answer = server.get(DIFF + "?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"" + parameter + "\"");
    }

    @Test
    void a_datetime_names_one_instant_and_a_diff_has_two() {
        HttpResponse<String> answer =
                server.get(
                        DIFF + "?from=2024-01-01",
                        "Accept-Datetime",
                        "Tue, 31 Dec 2019 10:00:00 GMT");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Accept-Datetime");
    }

    @Test
    void unknown_things_and_versions_are_not_found() {
        assertThat(server.get("/api/v1/cis/nobody/diff?from=2024-01-01").statusCode())
                .isEqualTo(404);
        assertThat(server.get(WEB + "?from=version:77").statusCode()).isEqualTo(404);
        assertThat(server.get(WEB + "?from=version:1&knownAt=position:2").statusCode())
                .isEqualTo(404);
        assertThat(server.get(WEB + "?from=version:x").statusCode()).isEqualTo(400);
    }

    private static List<String> summary(JsonNode page) {
        List<String> summary = new ArrayList<>();
        page.get("items")
                .forEach(
                        item ->
                                summary.add(
                                        item.get("kind").stringValue()
                                                + " "
                                                + item.get("id").stringValue()
                                                + " "
                                                + item.get("change").stringValue()));
        return summary;
    }
}
