package dev.cadastre.query.mementos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.SteppingClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A CI that is registered on 1 January, renamed on the 2nd, to be renamed on the 10th as recorded
 * on the 3rd, and removed on the 20th. The clock stands on 1 March.
 */
class MementoHttpTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String ID = "rack 7/ü;%\"<a>";
    private static final String PATH = "/api/v1/cis/rack%207%2F%C3%BC%3B%25%22%3Ca%3E";
    private static final String LONG_ID = "ü".repeat(300);
    private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:; [a-z]+=\"[^\"]*\")+)");

    private record Link(String address, Map<String, String> attributes) {}

    @TempDir static Path directory;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        SteppingClock clock =
                new SteppingClock(Instant.parse("2026-01-01T10:00:00.25Z"), Duration.ZERO);
        server = QueryServer.start(directory, clock, ZoneOffset.UTC);
        StreamId ci = StreamId.ci(ID);
        server.recorded().now(ci, ci("server", "one"));
        clock.set(Instant.parse("2026-01-02T10:00:00Z"));
        server.recorded().now(ci, new CiRenamed("two"));
        clock.set(Instant.parse("2026-01-03T10:00:00Z"));
        server.recorded().at("2026-01-10T00:00:00Z", ci, new CiRenamed("three"));
        clock.set(Instant.parse("2026-01-20T10:00:00Z"));
        server.recorded().now(ci, new CiRemoved(List.of()));
        clock.set(Instant.parse("2026-01-25T10:00:00Z"));
        for (int i = 0; i < 3; i++) {
            server.recorded().now(StreamId.ci("shelf-" + i), ci("shelf", "shelf"));
        }
        server.recorded().now(StreamId.ci(LONG_ID), ci("long", "one"));
        server.recorded().now(StreamId.ci(LONG_ID), new CiRenamed("two"));
        clock.set(Instant.parse("2026-02-01T10:00:00Z"));
        StreamId asset = StreamId.asset("laptop");
        server.recorded().now(asset, new AssetRegistered("In stock", null, Map.of(), Map.of()));
        for (int day = 2; day < 10; day++) {
            clock.set(Instant.parse("2026-02-0" + day + "T10:00:00Z"));
            server.recorded().now(asset, new AssetTransitioned("In use", "n" + day));
        }
        clock.set(Instant.parse("2026-03-01T00:00:00Z"));
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
                .isEqualTo(PATH + "?asOf=2026-01-02T12:00:00.999999Z&knownAt=position:1");
        assertThat(link(answer, "memento").address()).isEqualTo(memento);
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
        List<Link> listed = mementos(server.get(PATH + "/timemap").body());
        assertThat(listed)
                .extracting(link -> link.attributes().get("datetime"))
                .containsExactly(
                        "Thu, 01 Jan 2026 10:00:00 GMT",
                        "Fri, 02 Jan 2026 10:00:00 GMT",
                        "Sat, 10 Jan 2026 00:00:00 GMT");
        assertThat(link(second, "original timegate").address()).isEqualTo(PATH);
        Link timeMap = link(second, "timemap");
        assertThat(timeMap.address()).isEqualTo(PATH + "/timemap");
        assertThat(timeMap.attributes())
                .containsEntry("type", "application/link-format")
                .containsEntry("from", "Thu, 01 Jan 2026 10:00:00 GMT")
                .containsEntry("until", "Sat, 10 Jan 2026 00:00:00 GMT");
        assertThat(link(second, "prev first memento").address()).isEqualTo(listed.get(0).address());
        assertThat(link(second, "next last memento").address()).isEqualTo(listed.get(2).address());
        assertThat(names(listed)).containsExactly("one", "two", "three");
    }

    @Test
    void stepping_back_and_forth_visits_every_memento() {
        List<String> backwards = new ArrayList<>();
        HttpResponse<String> at = server.get("/api/v1/assets/laptop");
        assertThat(json(at).get("substate").asString()).isEqualTo("n9");
        for (Link previous = link(at, "prev"); previous != null; previous = link(at, "prev")) {
            at = server.get(previous.address());
            backwards.add(json(at).path("substate").asString("none"));
        }
        assertThat(backwards).containsExactly("n8", "n7", "n6", "n5", "n4", "n3", "n2", "none");
        List<String> forwards = new ArrayList<>();
        for (Link next = link(at, "next"); next != null; next = link(at, "next")) {
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
        assertThat(link(answer, "original timegate").address()).isEqualTo("/api/v1/assets/laptop");
        assertThat(link(answer, "last").address())
                .isEqualTo(link(server.get("/api/v1/assets/laptop"), "prev").address());
    }

    @Test
    void an_answer_of_another_instant_than_it_was_known_at_is_no_memento() {
        HttpResponse<String> late =
                server.get(PATH + "?asOf=2026-01-02T12:00:00Z&knownAt=position:2");
        assertThat(json(late).get("name").asString()).isEqualTo("two");
        assertThat(header(late, "Cache-Control")).endsWith("immutable");
        assertThat(late.headers().firstValue("Memento-Datetime")).isEmpty();
        assertThat(links(header(late, "Link")))
                .extracting(link -> link.attributes().get("rel"))
                .containsExactly("original timegate", "timemap");
        assertThat(
                        server.get(PATH + "?knownAt=position:1")
                                .headers()
                                .firstValue("Memento-Datetime"))
                .isEmpty();
    }

    @Test
    void before_it_was_there_the_answer_says_when_it_was_and_when_the_log_begins() {
        HttpResponse<String> early = then("Wed, 01 Jan 2025 00:00:00 GMT");
        assertThat(early.statusCode()).isEqualTo(404);
        assertThat(json(early).get("logBegins").asString()).isEqualTo("2026-01-01T10:00:00.25Z");
        assertThat(json(early).get("timemap").asString()).isEqualTo(PATH + "/timemap");
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
        assertThat(link(itself, "original timegate").address()).isEqualTo(path);
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
        assertThat(links(header(second, "Link"))).extracting(Link::address).containsExactly(path);
    }

    @Test
    void a_time_map_reads_as_link_format_or_json() {
        HttpResponse<String> links = server.get(PATH + "/timemap");
        assertThat(header(links, "Content-Type")).isEqualTo("application/link-format");
        assertThat(links.body())
                .startsWith(
                        "<"
                                + PATH
                                + ">; rel=\"original timegate\",\n<"
                                + PATH
                                + "/timemap>; rel=\"self\"; type=\"application/link-format\";"
                                + " from=\"Thu, 01 Jan 2026 10:00:00 GMT\"; until=\"Sat, 10 Jan"
                                + " 2026 00:00:00 GMT\",\n<"
                                + PATH
                                + "?asOf=2026-01-01T10:00:00.25Z&knownAt=position:0>; rel=\"first"
                                + " memento\"; datetime=\"Thu, 01 Jan 2026 10:00:00 GMT\",\n");
        JsonNode json = json(server.get(PATH + "/timemap", "Accept", "application/json"));
        assertThat(json.get("original").asString()).isEqualTo(PATH);
        assertThat(json.get("total").asInt()).isEqualTo(3);
        JsonNode last = json.get("mementos").get(2);
        assertThat(last.get("from").asString()).isEqualTo("2026-01-10T00:00:00Z");
        assertThat(last.get("until").asString()).isEqualTo("2026-01-20T10:00:00Z");
        assertThat(last.get("position").asLong()).isEqualTo(2);
        assertThat(json.get("nextPart").isNull()).isTrue();
    }

    @Test
    void a_long_time_map_comes_in_parts_that_lead_to_each_other() {
        String next = "/api/v1/assets/laptop/timemap?limit=3";
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        while (next != null) {
            List<Link> links = links(server.get(next).body());
            List<Link> mementos =
                    links.stream().filter(link -> isRelated(link, "memento")).toList();
            mementos.forEach(link -> seen.add(link.address()));
            sizes.add(mementos.size());
            next =
                    links.stream()
                            .filter(link -> isRelated(link, "next"))
                            .map(Link::address)
                            .findFirst()
                            .orElse(null);
        }
        assertThat(sizes).containsExactly(3, 3, 2);
        assertThat(seen)
                .isEqualTo(
                        mementos(server.get("/api/v1/assets/laptop/timemap").body()).stream()
                                .map(Link::address)
                                .toList());
        Link previous =
                links(server.get("/api/v1/assets/laptop/timemap?limit=3&offset=6").body()).stream()
                        .filter(link -> isRelated(link, "prev"))
                        .findFirst()
                        .orElseThrow();
        assertThat(previous.attributes())
                .containsEntry("rel", "prev timemap")
                .containsEntry("from", "Wed, 04 Feb 2026 10:00:00 GMT")
                .containsEntry("until", "Fri, 06 Feb 2026 10:00:00 GMT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/cis/nobody/timemap 404 application/json",
                "/api/v1/assets/laptop/timemap?asOf=2026-01-01 400 application/json",
                "/api/v1/assets/laptop/timemap?limit=0 400 application/json",
                "/api/v1/assets/laptop/timemap?limit=1001 400 application/json",
                "/api/v1/assets/laptop/timemap?offset=-1 400 application/json",
                "/api/v1/assets/laptop/timemap 406 text/csv"
            })
    void a_time_map_that_cannot_be_is_refused(String request) {
        String[] parts = request.split(" ");
        HttpResponse<String> answer = server.get(parts[0], "Accept", parts[2]);
        assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(parts[1]));
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
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
        assertThat(link(answer, "timemap").address()).startsWith("/api/v1/cis/%C3%BC");
    }

    private static HttpResponse<String> then(String date) {
        return server.get(PATH, "Accept-Datetime", date);
    }

    private static List<String> names(List<Link> mementos) {
        return mementos.stream()
                .map(link -> server.json(link.address()).get("name").asString())
                .toList();
    }

    private static List<Link> mementos(String linkFormat) {
        return links(linkFormat).stream().filter(link -> isRelated(link, "memento")).toList();
    }

    private static @Nullable Link link(HttpResponse<String> answer, String relation) {
        return links(header(answer, "Link")).stream()
                .filter(
                        link ->
                                relation.contains(" ")
                                        ? link.attributes().get("rel").equals(relation)
                                        : isRelated(link, relation))
                .findFirst()
                .orElse(null);
    }

    private static boolean isRelated(Link link, String relation) {
        return List.of(link.attributes().get("rel").split(" ")).contains(relation);
    }

    private static List<Link> links(String text) {
        List<Link> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (String attribute : matcher.group(2).substring(2).split("; ")) {
                int equals = attribute.indexOf('=');
                attributes.put(
                        attribute.substring(0, equals),
                        attribute.substring(equals + 2, attribute.length() - 1));
            }
            assertThat(URI.create(matcher.group(1)).isAbsolute()).isFalse();
            links.add(new Link(matcher.group(1), attributes));
        }
        return links;
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
