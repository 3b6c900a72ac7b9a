package dev.cadastre.query.register.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded.Entry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RegisterHttpTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String BEGIN = "2024-01-01T00:00:00Z";
    private static final String ODD_ID = "rack 7/\\;%é";
    private static final String ODD_PATH = "/api/v1/cis/rack%207%2F%5C%3B%25%C3%A9";

    @TempDir static Path directory;
    private static QueryServer server;
    private static Committed first;
    private static Committed late;

    @BeforeAll
    static void start() {
        server = QueryServer.start(directory, Clock.systemUTC(), ZoneId.of("Europe/Berlin"));
        StreamId web = StreamId.ci("web");
        CiRegistered registered =
                new CiRegistered(
                        "server",
                        "Web front",
                        null,
                        null,
                        Map.of("cores", 4L, "note", "=1+1"),
                        List.of(new Relation("partOf", "shop")));
        first =
                server.recorded()
                        .changeSet(
                                Entry.at(BEGIN, web, registered),
                                Entry.at(BEGIN, StreamId.ci("shop"), ci("service", null)));
        server.recorded()
                .at(
                        "2024-03-01T00:00:00Z",
                        web,
                        new CiChanged(Map.of("cores", 8L), List.of(), List.of(), List.of()));
        late = server.recorded().at("2024-02-01T00:00:00Z", web, new CiRenamed("Web"));
        server.recorded()
                .at("2099-01-01T00:00:00Z", web, new CiLifecycleChanged("End of Life", "Retired"));
        server.recorded().at(BEGIN, StreamId.ci("gone"), ci("server", null));
        server.recorded().at("2024-06-01T00:00:00Z", StreamId.ci("gone"), new CiRemoved(List.of()));
        server.recorded().at(BEGIN, StreamId.ci(ODD_ID), ci("rack", null));
        List<Entry> assets = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            Map<String, Object> fields =
                    Map.of(
                            "name",
                            i == 3 ? "@risky" : "Laptop " + i,
                            "model",
                            "M" + i % 3,
                            "purchase",
                            Map.of("supplier", "Acme, Inc."));
            String state = i % 2 == 0 ? "In stock" : "In use";
            assets.add(
                    Entry.at(
                            BEGIN,
                            StreamId.asset("asset-%03d".formatted(i)),
                            new AssetRegistered(state, null, fields, Map.of())));
        }
        server.recorded().changeSet(assets);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_ci_reads_as_the_contract_says() {
        HttpResponse<String> answer = server.get("/api/v1/cis/web?asOf=2024-02-15T00:00:00Z");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"id\":\"web\",\"class\":\"server\",\"name\":\"Web\",\"attributes\":"
                                + "{\"cores\":4,\"note\":\"=1+1\"},\"relations\":[{\"type\":\"partOf\","
                                + "\"to\":\"shop\"}],\"version\":2,\"validFrom\":"
                                + "\"2024-02-01T00:00:00Z\",\"recordedFrom\":\""
                                + InstantText.format(late.recordedAt())
                                + "\",\"position\":"
                                + late.lastPosition()
                                + "}");
        assertThat(header(answer, "ETag")).isEqualTo("\"3.2\"");
        assertThat(header(answer, "As-Of")).isEqualTo("2024-02-15T00:00:00Z");
        assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void the_past_is_what_was_known_then() {
        JsonNode before =
                server.json(
                        "/api/v1/cis/web?asOf=2024-02-15T00:00:00Z&knownAt=position:"
                                + (late.lastPosition() - 1));
        assertThat(before.get("name").asString()).isEqualTo("Web front");
        assertThat(before.get("version").asInt()).isZero();
    }

    @Test
    void a_position_inside_a_change_set_means_its_end() {
        HttpResponse<String> answer =
                server.get("/api/v1/cis?knownAt=position:" + first.firstPosition());
        String recordedAt = InstantText.format(first.recordedAt());
        assertThat(header(answer, "Log-Position")).isEqualTo("" + first.lastPosition());
        assertThat(header(answer, "Known-At")).isEqualTo(recordedAt);
        assertThat(header(answer, "As-Of")).isEqualTo(recordedAt);
        assertThat(header(answer, "Cache-Control")).endsWith("immutable");
        assertThat(json(answer).get("total").asInt()).isEqualTo(2);
    }

    @Test
    void before_the_first_commit_nothing_is_known_and_the_answer_says_when_the_log_begins() {
        HttpResponse<String> answer = server.get("/api/v1/cis?knownAt=2020-01-01");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("items")).isEmpty();
        assertThat(header(answer, "Log-Position")).isEqualTo("-1");
        assertThat(header(answer, "Log-Begins")).isEqualTo(InstantText.format(first.recordedAt()));
        assertThat(server.get("/api/v1/cis?knownAt=position:-1").statusCode()).isEqualTo(200);
    }

    @Test
    void a_bare_date_means_the_last_microsecond_of_the_day_in_the_configured_zone() {
        assertThat(header(server.get("/api/v1/cis?asOf=2024-01-31"), "As-Of"))
                .isEqualTo("2024-01-31T22:59:59.999999Z");
    }

    @Test
    void an_accept_datetime_sets_both_axes_and_only_a_final_answer_is_a_memento() {
        String date = "Mon, 01 Jan 2024 00:00:00 GMT";
        HttpResponse<String> past = server.get("/api/v1/cis", "Accept-Datetime", date);
        assertThat(header(past, "As-Of")).isEqualTo("2024-01-01T00:00:00.999999Z");
        assertThat(header(past, "Known-At")).isEqualTo("2024-01-01T00:00:00.999999Z");
        assertThat(header(past, "Memento-Datetime")).isEqualTo(date);
        assertThat(header(past, "Link")).contains("knownAt=position:-1>; rel=\"memento\"");
        HttpResponse<String> future =
                server.get("/api/v1/cis", "Accept-Datetime", "Fri, 01 Jan 2094 00:00:00 GMT");
        assertThat(future.statusCode()).isEqualTo(200);
        assertThat(future.headers().firstValue("Memento-Datetime")).isEmpty();
        assertThat(server.get("/api/v1/cis?asOf=2024-01-01", "Accept-Datetime", date).statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_is_not_there_says_when_it_was() {
        HttpResponse<String> answer = server.get("/api/v1/cis/gone");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("existed").toString())
                .isEqualTo("[{\"from\":\"2024-01-01T00:00:00Z\",\"to\":\"2024-06-01T00:00:00Z\"}]");
        HttpResponse<String> never = server.get("/api/v1/assets/nobody");
        assertThat(never.statusCode()).isEqualTo(404);
        assertThat(json(never).has("existed")).isFalse();
        JsonNode tooEarly =
                json(server.get("/api/v1/cis/web?knownAt=2020-01-01T00:00:00Z&asOf=2024-02-01"));
        assertThat(tooEarly.get("knownAt").asString()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(tooEarly.get("logBegins").asString())
                .isEqualTo(InstantText.format(first.recordedAt()));
    }

    @Test
    void a_version_is_had_by_its_number_believed_or_not() {
        JsonNode replaced = server.json("/api/v1/cis/web/versions/1");
        assertThat(replaced.get("attributes").get("cores").asInt()).isEqualTo(8);
        assertThat(replaced.get("name").asString()).isEqualTo("Web front");
        assertThat(server.json("/api/v1/cis/gone/versions/1").get("present").asBoolean()).isFalse();
        assertThat(server.get("/api/v1/cis/web/versions/99").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/cis/web/versions/x").statusCode()).isEqualTo(400);
        String then = "?knownAt=position:" + first.lastPosition();
        assertThat(server.get("/api/v1/cis/web/versions/1" + then).statusCode()).isEqualTo(404);
    }

    @Test
    void an_answer_that_is_known_is_not_sent_again() {
        String tag = header(server.get("/api/v1/cis/shop"), "ETag");
        HttpResponse<String> again = server.get("/api/v1/cis/shop", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(server.get("/api/v1/cis/shop", "If-None-Match", "\"7.7\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_page_of_now_that_still_says_the_same_is_not_sent_again() {
        String path = "/api/v1/cis?limit=2";
        String tag = header(server.get(path), "ETag");
        assertThat(server.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(server.get(path + "&sort=-class", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
        assertThat(server.get(path + "&asOf=1990-01-01", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_id_with_slash_backslash_semicolon_and_percent_gets_through() {
        assertThat(server.json(ODD_PATH).get("id").asString()).isEqualTo(ODD_ID);
        assertThat(server.get(ODD_PATH + "/versions/0").statusCode()).isEqualTo(200);
    }

    @Test
    void pages_follow_each_other_at_the_coordinates_of_the_first() {
        List<String> ids = new ArrayList<>();
        String path = "/api/v1/assets?limit=40&state=In%20stock&model=M0&model=M1&model=M2";
        String all = path + "&state=In%20use&sort=-model";
        JsonNode page = server.json(all);
        int pages = 1;
        while (true) {
            page.get("items").forEach(item -> ids.add(item.get("id").asString()));
            assertThat(page.get("total").asInt()).isEqualTo(130);
            if (page.get("next").isNull()) {
                break;
            }
            if (pages == 1) {
                server.recorded()
                        .at(
                                "2024-01-02T00:00:00Z",
                                StreamId.asset("asset-127"),
                                new AssetTransitioned("Retired", "Sold"));
            }
            page = server.json(all + "&cursor=" + page.get("next").asString());
            pages++;
        }
        assertThat(pages).isEqualTo(4);
        assertThat(ids).hasSize(130).doesNotHaveDuplicates();
        assertThat(ids.getFirst()).isEqualTo("asset-128");
        assertThat(server.json(all).get("total").asInt()).isEqualTo(129);
        JsonNode end =
                server.json(
                        "/api/v1/assets?model=M0&limit=2&offset=42&sort=-id&asOf=2024-06-01"
                                + "&knownAt=position:"
                                + (server.recorded().log().head().size() - 1));
        assertThat(end.get("items").get(1).get("id").asString()).isEqualTo("asset-000");
    }

    @Test
    void a_cursor_of_another_query_or_a_damaged_one_is_refused() {
        String next = server.json("/api/v1/assets?limit=1").get("next").asString();
        String path = "/api/v1/assets?limit=1&cursor=";
        assertThat(server.get(path + next + "&model=M1").statusCode()).isEqualTo(400);
        String damaged = "AA" + next.substring(2);
        assertThat(server.get(path + damaged).statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/assets?limit=7&cursor=" + next).statusCode()).isEqualTo(200);
    }

    @Test
    void only_the_wanted_fields_are_shown() {
        assertThat(server.get("/api/v1/cis?class=rack&fields=class,version").body())
                .isEqualTo(
                        "{\"items\":[{\"class\":\"rack\",\"version\":0}],\"next\":null,\"total\":1}");
    }

    @Test
    void a_text_is_found_in_ids_names_and_attributes() {
        assertThat(server.json("/api/v1/cis?q=WEB").get("total").asInt()).isEqualTo(1);
        assertThat(server.json("/api/v1/cis?q=%3D1").get("total").asInt()).isEqualTo(1);
        assertThat(server.json("/api/v1/assets?q=laptop%2012").get("total").asInt()).isEqualTo(11);
    }

    @Test
    void an_empty_value_of_a_facet_means_that_it_is_unknown() {
        server.recorded()
                .at(
                        BEGIN,
                        StreamId.asset("placed"),
                        new AssetRegistered("In stock", null, Map.of("model", "P"), Map.of()));
        assertThat(server.json("/api/v1/assets?model=P&location=").get("total").asInt())
                .isEqualTo(1);
        server.recorded()
                .now(
                        StreamId.asset("placed"),
                        new AssetAssigned(Map.of("location", "Oslo"), List.of()));
        assertThat(server.json("/api/v1/assets?model=P&location=").get("total").asInt()).isZero();
        assertThat(
                        server.json("/api/v1/assets?model=P&location=&location=Oslo")
                                .get("total")
                                .asInt())
                .isEqualTo(1);
    }

    @Test
    void the_whole_result_streams_as_lines() {
        HttpResponse<String> answer =
                server.get("/api/v1/assets?q=laptop", "Accept", "application/x-ndjson");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(answer.body().lines())
                .hasSize(129)
                .allMatch(line -> line.startsWith("{\"id\":\"asset-"));
        assertThat(
                        server.get("/api/v1/assets?limit=3", "Accept", "application/x-ndjson")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_result_of_many_chunks_streams_whole_and_in_order() {
        List<Entry> many = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            String id = "bulk-%04d".formatted(i);
            many.add(Entry.at(BEGIN, StreamId.ci(id), ci("bulk", "name " + i % 10)));
        }
        server.recorded().changeSet(many);
        List<String> names =
                server.get(
                                "/api/v1/cis?class=bulk&sort=-name,id&fields=name,id",
                                "Accept",
                                "text/csv")
                        .body()
                        .lines()
                        .toList();
        assertThat(names).hasSize(1_501).startsWith("name,id", "name 9,bulk-0009");
        assertThat(names.getLast()).isEqualTo("name 0,bulk-1490");
        assertThat(
                        server.get("/api/v1/cis?class=bulk", "Accept", "application/x-ndjson")
                                .body()
                                .lines()
                                .map(line -> MAPPER.readTree(line).get("id").asString()))
                .hasSize(1_500)
                .isSorted();
    }

    @Test
    void a_spreadsheet_gets_no_formulas() {
        String path = "/api/v1/assets?fields=id,name,purchase&q=risky";
        assertThat(server.get(path, "Accept", "text/csv").body())
                .isEqualTo(
                        "id,name,purchase\r\nasset-003,'@risky,\"{\"\"supplier\"\":\"\"Acme,"
                                + " Inc.\"\"}\"\r\n");
        assertThat(server.get(path + "&raw=true", "Accept", "text/csv").body())
                .contains("asset-003,@risky,");
    }

    @Test
    void what_cannot_be_shown_is_refused() {
        assertThat(server.get("/api/v1/cis", "Accept", "image/png").statusCode()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=x",
                "limit=1&limit=2",
                "offset=-1",
                "cursor=",
                "cursor=%25%25",
                "sort=nothing",
                "sort=,",
                "fields=nothing",
                "state=In%20use",
                "asof=2024-01-01",
                "asOf=2024-02-30",
                "asOf=2024-01-01T00:00:00.0000001Z",
                "asOf=2024-01-01T00:00:00",
                "asOf=0000-01-01",
                "asOf=10000-01-01",
                "asOf=",
                "knownAt=position:x",
                "knownAt=position:-2",
                "knownAt=position:99999999999999999999",
                "knownAt=position:999999999",
                "knownAt=yesterday"
            })
    void a_parameter_that_is_not_allowed_is_named(String parameter) {
        HttpResponse<String> answer = server.get("/api/v1/cis?" + parameter);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
        assertThat(json(answer).get("parameter").asString())
                .isEqualTo(parameter.substring(0, parameter.indexOf('=')));
        assertThat(answer.body()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({"x,400", "-2,400", "999999999,400", "-1,200", "0,200"})
    void a_min_log_position_is_waited_for_within_bounds(String position, int status) {
        assertThat(server.get("/api/v1/cis", "Min-Log-Position", position).statusCode())
                .isEqualTo(status);
    }

    @Test
    void a_fact_is_readable_at_once_by_whoever_waits_for_its_position() {
        StreamId fresh = StreamId.asset("fresh");
        for (int i = 0; i < 20; i++) {
            Committed committed =
                    server.recorded()
                            .now(
                                    fresh,
                                    i == 0
                                            ? new AssetRegistered(
                                                    "In use", null, Map.of(), Map.of())
                                            : new AssetTransitioned("In use", "n" + i));
            HttpResponse<String> answer =
                    server.get(
                            "/api/v1/assets/fresh",
                            "Min-Log-Position",
                            Long.toString(committed.lastPosition()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).get("version").asInt()).isEqualTo(i);
            assertThat(header(answer, "ETag")).isEqualTo("\"" + i + "." + i + "\"");
        }
    }

    @Test
    void a_retracted_fact_is_gone_and_the_tag_moves_on() {
        StreamId id = StreamId.ci("retracted");
        server.recorded().at(BEGIN, id, ci("machine", "n"));
        server.recorded().at("2024-02-01T00:00:00Z", id, new CiRenamed("wrong"));
        assertThat(server.json("/api/v1/cis/retracted").get("name").asString()).isEqualTo("wrong");
        server.recorded().now(id, new CiFactRetracted(1));
        HttpResponse<String> answer = server.get("/api/v1/cis/retracted");
        assertThat(json(answer).get("name").asString()).isEqualTo("n");
        assertThat(header(answer, "ETag")).isEqualTo("\"2.2\"");
    }

    @Test
    void nobody_reads_without_a_token() {
        assertThat(server.get("/api/v1/cis", "Authorization", "Bearer nothing").statusCode())
                .isEqualTo(401);
    }

    private static CiRegistered ci(String ciClass, String name) {
        return new CiRegistered(ciClass, name, null, null, Map.of(), List.of());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MAPPER.readTree(answer.body());
    }
}
