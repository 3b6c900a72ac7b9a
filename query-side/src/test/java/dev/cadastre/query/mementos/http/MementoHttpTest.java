package dev.cadastre.query.mementos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.QueryServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Past states are negotiated, and lead to each other; over HTTP. */
class MementoHttpTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    @TempDir static Path directory;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = PastRegister.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_negotiated_past_state_is_a_memento_and_says_where_it_is() {
        HttpResponse<String> answer = then("Fri, 02 Jan 2026 12:00:00 GMT");
        assertThat(json(answer).get("name").asString()).isEqualTo("two");
        assertThat(header(answer, "Memento-Datetime")).isEqualTo("Fri, 02 Jan 2026 12:00:00 GMT");
        assertThat(header(answer, "Vary")).contains("Accept-Datetime");
        assertThat(header(answer, "Cache-Control")).endsWith("immutable");
        String memento = header(answer, "Content-Location");
        assertThat(memento)
                .isEqualTo(
                        PastRegister.PATH + "?asOf=2026-01-02T12:00:00.999999Z&knownAt=position:1");
        assertThat(Link.of(answer, "memento").address()).isEqualTo(memento);
        HttpResponse<String> itself = server.get(memento);
        assertThat(itself.body()).isEqualTo(answer.body());
        assertThat(header(itself, "ETag")).isEqualTo(header(answer, "ETag"));
        assertThat(header(itself, "Memento-Datetime")).isEqualTo("Fri, 02 Jan 2026 12:00:00 GMT");
        assertThat(header(itself, "Link")).isEqualTo(header(answer, "Link"));
        assertThat(header(itself, "Cache-Control")).endsWith("immutable");
        assertThat(itself.headers().firstValue("Content-Location")).isEmpty();
        assertThat(header(itself, "Vary")).doesNotContain("Accept-Datetime");
    }

    @Test
    void a_memento_links_to_its_neighbours_as_the_time_map_lists_them() {
        HttpResponse<String> second = then("Fri, 02 Jan 2026 12:00:00 GMT");
        List<Link> listed = Link.mementos(server.get(PastRegister.PATH + "/timemap").body());
        assertThat(listed)
                .extracting(link -> link.attributes().get("datetime"))
                .containsExactly(
                        "Thu, 01 Jan 2026 10:00:00 GMT",
                        "Fri, 02 Jan 2026 10:00:00 GMT",
                        "Sat, 10 Jan 2026 00:00:00 GMT");
        assertThat(Link.of(second, "original timegate").address()).isEqualTo(PastRegister.PATH);
        Link timeMap = Link.of(second, "timemap");
        assertThat(timeMap.address()).isEqualTo(PastRegister.PATH + "/timemap");
        assertThat(timeMap.attributes())
                .containsEntry("type", "application/link-format")
                .containsEntry("from", "Thu, 01 Jan 2026 10:00:00 GMT")
                .containsEntry("until", "Sat, 10 Jan 2026 00:00:00 GMT");
        assertThat(Link.of(second, "prev first memento").address())
                .isEqualTo(listed.get(0).address());
        assertThat(Link.of(second, "next last memento").address())
                .isEqualTo(listed.get(2).address());
        assertThat(names(listed)).containsExactly("one", "two", "three");
    }

    @Test
    void stepping_back_and_forth_visits_every_memento() {
        List<String> backwards = new ArrayList<>();
        HttpResponse<String> at = server.get("/api/v1/assets/laptop");
        assertThat(json(at).get("substate").asString()).isEqualTo("n9");
        for (Link previous = Link.of(at, "prev");
                previous != null;
                previous = Link.of(at, "prev")) {
            at = server.get(previous.address());
            backwards.add(json(at).path("substate").asString("none"));
        }
        assertThat(backwards).containsExactly("n8", "n7", "n6", "n5", "n4", "n3", "n2", "none");
        List<String> forwards = new ArrayList<>();
        for (Link next = Link.of(at, "next"); next != null; next = Link.of(at, "next")) {
            at = server.get(next.address());
            assertThat(at.headers().firstValue("Memento-Datetime")).isPresent();
            forwards.add(json(at).path("substate").asString());
        }
        assertThat(forwards).containsExactly("n2", "n3", "n4", "n5", "n6", "n7", "n8");
    }

    @Test
    void what_was_recorded_last_is_no_memento_yet() {
        HttpResponse<String> answer =
                server.get(
                        "/api/v1/assets/laptop",
                        "Accept-Datetime",
                        "Sat, 28 Feb 2026 00:00:00 GMT");
        assertThat(json(answer).get("substate").asString()).isEqualTo("n9");
        assertThat(answer.headers().firstValue("Memento-Datetime")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Location")).isEmpty();
        assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(Link.of(answer, "original timegate").address())
                .isEqualTo("/api/v1/assets/laptop");
        assertThat(Link.of(answer, "last").address())
                .isEqualTo(Link.of(server.get("/api/v1/assets/laptop"), "prev").address());
    }

    @Test
    void an_answer_of_another_instant_than_it_was_known_at_is_no_memento() {
        HttpResponse<String> late =
                server.get(PastRegister.PATH + "?asOf=2026-01-02T12:00:00Z&knownAt=position:2");
        assertThat(json(late).get("name").asString()).isEqualTo("two");
        assertThat(header(late, "Cache-Control")).endsWith("immutable");
        assertThat(late.headers().firstValue("Memento-Datetime")).isEmpty();
        assertThat(Link.all(header(late, "Link")))
                .extracting(link -> link.attributes().get("rel"))
                .containsExactly("original timegate", "timemap");
        assertThat(
                        server.get(PastRegister.PATH + "?knownAt=position:1")
                                .headers()
                                .firstValue("Memento-Datetime"))
                .isEmpty();
    }

    @Test
    void before_it_was_there_the_answer_says_when_it_was_and_when_the_log_begins() {
        HttpResponse<String> early = then("Wed, 01 Jan 2025 00:00:00 GMT");
        assertThat(early.statusCode()).isEqualTo(404);
        assertThat(json(early).get("logBegins").asString()).isEqualTo("2026-01-01T10:00:00.25Z");
        assertThat(json(early).get("timemap").asString()).isEqualTo(PastRegister.PATH + "/timemap");
        HttpResponse<String> list =
                server.get("/api/v1/cis", "Accept-Datetime", "Wed, 01 Jan 2025 00:00:00 GMT");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(json(list).get("total").asInt()).isZero();
        assertThat(header(list, "Log-Begins")).isEqualTo("2026-01-01T10:00:00.25Z");
        assertThat(header(list, "Content-Location"))
                .isEqualTo("/api/v1/cis?asOf=2025-01-01T00:00:00.999999Z&knownAt=position:-1");
    }

    @Test
    void a_list_keeps_its_other_parameters_in_the_address_of_its_memento() {
        String path = "/api/v1/cis?class=a%26b%3Dc&class=server&q=%C3%BC&limit=7";
        HttpResponse<String> list =
                server.get(path, "Accept-Datetime", "Fri, 02 Jan 2026 12:00:00 GMT");
        String memento = header(list, "Content-Location");
        assertThat(memento)
                .isEqualTo(path + "&asOf=2026-01-02T12:00:00.999999Z&knownAt=position:1");
        HttpResponse<String> itself = server.get(memento);
        assertThat(json(itself)).isEqualTo(json(list));
        assertThat(Link.of(itself, "original timegate").address()).isEqualTo(path);
        assertThat(json(list).get("total").asInt()).isEqualTo(1);
    }

    @Test
    void a_later_page_has_no_memento_of_its_own() {
        String date = "Sat, 31 Jan 2026 00:00:00 GMT";
        String path = "/api/v1/cis?class=shelf&limit=2";
        JsonNode first = json(server.get(path, "Accept-Datetime", date));
        HttpResponse<String> second =
                server.get(
                        path + "&cursor=" + first.get("next").asString(), "Accept-Datetime", date);
        assertThat(json(second).get("items").size()).isEqualTo(1);
        assertThat(second.headers().firstValue("Content-Location")).isEmpty();
        assertThat(Link.all(header(second, "Link")))
                .extracting(Link::address)
                .containsExactly(path);
    }

    @Test
    void a_series_is_not_negotiated() {
        String series = "/api/v1/counts?kind=ci&from=2026-01-01&to=2026-02-01&step=P1D";
        assertThat(
                        server.get(series, "Accept-Datetime", "Fri, 02 Jan 2026 12:00:00 GMT")
                                .statusCode())
                .isEqualTo(400);
        assertThat(server.get(series).headers().firstValue("Link")).isEmpty();
    }

    @Test
    void a_date_that_is_none_is_refused() {
        HttpResponse<String> answer = then("2026-01-02");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("parameter").asString()).isEqualTo("Accept-Datetime");
    }

    @Test
    void addresses_stay_within_what_headers_carry() {
        HttpResponse<String> answer = server.get("/api/v1/cis/" + "%C3%BC".repeat(300));
        assertThat(header(answer, "Link").length()).isLessThan(8_000);
        assertThat(Link.of(answer, "timemap").address()).startsWith("/api/v1/cis/%C3%BC");
    }

    private static HttpResponse<String> then(String date) {
        return server.get(PastRegister.PATH, "Accept-Datetime", date);
    }

    private static List<String> names(List<Link> mementos) {
        return mementos.stream()
                .map(link -> server.json(link.address()).get("name").asString())
                .toList();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MAPPER.readTree(answer.body());
    }
}
