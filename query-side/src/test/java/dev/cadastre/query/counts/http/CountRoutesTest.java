package dev.cadastre.query.counts.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CountRoutesTest {

    private static final String COUNTS = "/api/v1/counts";
    private static final String HISTOGRAM = "/api/v1/histogram";

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
    void things_are_counted_by_their_facets_as_of_any_instant() {
        JsonNode counts = server.json(COUNTS + "?kind=ci&by=class&asOf=2024-02-01");
        assertThat(counts.get("items").toString())
                .isEqualTo(
                        "[{\"class\":\"rack\",\"count\":1},{\"class\":\"server\",\"count\":2},"
                                + "{\"class\":\"service\",\"count\":1}]");
        assertThat(counts.get("total").longValue()).isEqualTo(4);
        assertThat(server.json(COUNTS + "?kind=ci&by=class&asOf=2024-03-01").get("total"))
                .hasToString("3");
        assertThat(server.json(COUNTS + "?kind=ci&asOf=2023-12-31").get("items").toString())
                .isEqualTo("[{\"count\":0}]");
    }

    @Test
    void facets_are_combined_and_filtered_and_may_be_unknown() {
        JsonNode counts = server.json(COUNTS + "?kind=asset&by=state,location&asOf=2024-03-15");
        assertThat(counts.get("items").toString())
                .isEqualTo("[{\"state\":\"In use\",\"location\":null,\"count\":1}]");
        assertThat(server.json(COUNTS + "?kind=asset&location=Oslo").get("total").longValue())
                .isEqualTo(1);
        assertThat(server.json(COUNTS + "?kind=asset&location=").get("total").longValue()).isZero();
        assertThat(
                        server.json(COUNTS + "?kind=ci&class=rack&class=service")
                                .get("total")
                                .longValue())
                .isEqualTo(2);
    }

    @Test
    void knowledge_of_then_counts_what_was_known_then() {
        assertThat(server.json(COUNTS + "?kind=ci&knownAt=position:8&asOf=2024-02-01").get("total"))
                .hasToString("3");
        assertThat(server.json(COUNTS + "?kind=ci&knownAt=2020-01-01").get("total"))
                .hasToString("0");
    }

    @Test
    void a_series_counts_at_each_step() {
        JsonNode series =
                server.json(COUNTS + "?kind=ci&by=class&from=2024-01-01&to=2024-03-01&step=P1M");
        assertThat(series.get("points")).hasSize(3);
        assertThat(series.at("/points/0/asOf").stringValue()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(series.at("/points/1/total").longValue()).isEqualTo(4);
        assertThat(series.at("/points/2/total").longValue()).isEqualTo(3);
    }

    @Test
    void counts_come_as_lines_and_as_tables_too() {
        assertThat(
                        server.get(
                                        COUNTS + "?kind=ci&by=class&asOf=2024-02-01",
                                        "Accept",
                                        "text/csv")
                                .body())
                .isEqualTo("class,count\r\nrack,1\r\nserver,2\r\nservice,1\r\n");
        assertThat(
                        server.get(
                                        COUNTS + "?kind=ci&from=2024-01-01&to=2024-01-02&step=P1D",
                                        "Accept",
                                        "text/csv")
                                .body())
                .isEqualTo("asOf,count\r\n2024-01-01T00:00:00Z,3\r\n2024-01-02T00:00:00Z,3\r\n");
        assertThat(
                        server.get(
                                        COUNTS + "?kind=ci&by=class&asOf=2024-02-01",
                                        "Accept",
                                        "application/x-ndjson")
                                .body()
                                .lines())
                .hasSize(3);
    }

    @Test
    void a_histogram_shows_when_things_changed() {
        JsonNode histogram =
                server.json(HISTOGRAM + "?kind=ci&from=2024-01-01&to=2024-02-29&buckets=2");
        assertThat(histogram.get("items").toString())
                .isEqualTo(
                        "[{\"from\":\"2024-01-01T00:00:00Z\",\"to\":\"2024-01-30T23:59:59.999999Z\","
                                + "\"changes\":4},{\"from\":\"2024-01-31T00:00:00Z\","
                                + "\"to\":\"2024-02-29T23:59:59.999999Z\",\"changes\":2}]");
        assertThat(server.json(HISTOGRAM + "?from=2024-01-01&buckets=1").get("total"))
                .hasToString("10");
        assertThat(
                        server.json(HISTOGRAM + "?from=2024-01-01&buckets=1&knownAt=position:2")
                                .get("total"))
                .hasToString("3");
    }

    @Test
    void a_histogram_of_some_things_counts_how_they_came_changed_and_went() {
        String path = HISTOGRAM + "?from=2024-01-01&to=2024-02-29&buckets=2&class=server";
        assertThat(changes(path)).containsExactly(2, 1);
        assertThat(changes(path + "&class=rack")).containsExactly(3, 1);
        assertThat(changes(path + "&knownAt=position:7")).containsExactly(1, 0);
        assertThat(changes(HISTOGRAM + "?from=2024-01-01&to=2024-03-31&buckets=1&state=In+use"))
                .containsExactly(2);
        assertThat(changes(HISTOGRAM + "?from=2024-01-01&to=2024-03-31&buckets=1&state=Lost"))
                .containsExactly(0);
    }

    private static List<Integer> changes(String path) {
        return server.json(path)
                .get("items")
                .valueStream()
                .map(bucket -> bucket.get("changes").asInt())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'',kind",
        "kind=person,kind",
        "kind=ci&by=colour,by",
        "'kind=asset&by=state,type,model,location',by",
        "kind=ci&by=,by",
        "kind=ci&state=x,state",
        "kind=ci&asOf=2024-02-30,asOf",
        "kind=ci&from=2024-01-01&to=2024-02-01,step",
        "kind=ci&step=P1D,from",
        "kind=ci&from=2024-01-01&step=often,step",
        "kind=ci&from=2024-01-01&to=2024-02-01&step=PT1S,step",
        "kind=ci&from=2024-02-01&to=2024-01-01&step=P1D,to",
        "kind=ci&from=2024-01-01&step=P1D&asOf=2024-01-01,asOf",
        "kind=ci&limit=3,limit"
    })
    void what_cannot_be_counted_is_refused_by_name(String query, String parameter) {
        refused(COUNTS + "?" + query, parameter);
    }

    @ParameterizedTest
    @CsvSource({
        "'',from",
        "from=2024-01-01&buckets=0,buckets",
        "from=2024-01-01&buckets=1001,buckets",
        "from=2024-01-01T00:00:00Z&to=2024-01-01T00:00:00Z&buckets=2,buckets",
        "from=2024-01-01&kind=person,kind",
        "from=2024-01-01&kind=asset&class=server,class",
        "from=2024-01-01&class=server&location=Oslo,class",
        "from=2024-01-01&colour=red,colour"
    })
    void what_cannot_be_cut_is_refused_by_name(String query, String parameter) {
        refused(HISTOGRAM + "?" + query, parameter);
    }

    private static void refused(String path, String parameter) {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"" + parameter + "\"");
    }
}
