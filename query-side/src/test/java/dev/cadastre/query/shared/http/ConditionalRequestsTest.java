package dev.cadastre.query.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.SeededHistory;
import dev.cadastre.query.histories.SteppingClock;
import dev.cadastre.query.temporal.TemporalIndex;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever has an answer is not sent it again; over HTTP, for every query there is. */
class ConditionalRequestsTest {

    private static final long NOW = Recorded.micros("2024-06-01T00:00:00Z");
    private static final String JSON = "application/json";

    /** Queries whose answer changes with what is recorded and what comes true, and never else. */
    private static final List<String> QUERIES =
            List.of(
                    "/api/v1/cis",
                    "/api/v1/cis?limit=1&sort=-class",
                    "/api/v1/cis?class=server&fields=id,name",
                    "/api/v1/cis?q=rack",
                    "/api/v1/cis/web",
                    "/api/v1/cis/web/versions/0",
                    "/api/v1/cis/web/timeline",
                    "/api/v1/cis/web/timeline?sort=-effectiveAt&limit=2",
                    "/api/v1/cis/web/impact?direction=dependencies",
                    "/api/v1/cis/web/timemap",
                    "/api/v1/cis/web/diff?from=2024-01-02&to=2024-05-01",
                    "/api/v1/assets",
                    "/api/v1/assets/laptop",
                    "/api/v1/counts?kind=ci",
                    "/api/v1/counts?kind=asset&by=state,location",
                    "/api/v1/counts?kind=ci&by=class&from=2024-01-01&to=2024-05-01&step=P1M",
                    "/api/v1/histogram?from=2024-01-01&to=2024-05-01&buckets=5",
                    "/api/v1/histogram?kind=ci&class=server&from=2024-01-01&to=2024-05-01",
                    "/api/v1/diff?from=2024-01-02&to=2024-05-01",
                    "/api/v1/diff?from=2024-01-02",
                    "/api/v1/cis/web/diff?from=2024-01-02",
                    "/api/v1/diff?from=2024-01-02&to=2024-05-01&knownAt=position:4&patch=true");

    private static final List<String> FORMATS = List.of(JSON, "application/x-ndjson", "text/csv");

    @TempDir Path directory;
    private SteppingClock clock;
    private QueryServer server;

    @BeforeEach
    void start() {
        clock = new SteppingClock(Microseconds.toInstant(NOW), Duration.ZERO);
        server = QueryServer.start(directory, clock, ZoneOffset.UTC);
        Estate.record(server.recorded());
        // Later requests are later; the log's own clock never falls behind them.
        setClock(NOW + 1_000_000);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<String> queries() {
        return QUERIES;
    }

    @ParameterizedTest
    @MethodSource("queries")
    void an_answer_is_kept_until_something_is_recorded(String path) {
        HttpResponse<String> first = server.get(path);
        assertThat(first.statusCode()).isEqualTo(200);
        String tag = header(first, "ETag");
        setClock(NOW + 60_000_000);
        HttpResponse<String> again = server.get(path, "If-None-Match", "\"x\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(again.headers().map().keySet())
                .containsAll(Set.of("as-of", "known-at", "log-position", "vary", "cache-control"));
        assertThat(server.get(path, "If-None-Match", "*").statusCode()).isEqualTo(304);
        assertThat(server.get(path, "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    }

    @Test
    void an_answer_about_now_changes_when_a_scheduled_fact_comes_true() {
        long due = NOW + 3_600_000_000L;
        server.recorded().at(InstantText.format(due), Estate.WEB, new CiRenamed("renamed"));
        for (String path :
                List.of(
                        "/api/v1/cis",
                        "/api/v1/cis/web",
                        "/api/v1/cis?fields=name",
                        "/api/v1/diff?from=2024-01-01")) {
            setClock(due - 1);
            HttpResponse<String> before = server.get(path);
            String tag = header(before, "ETag");
            setClock(due);
            HttpResponse<String> after = server.get(path, "If-None-Match", tag);
            assertThat(after.statusCode()).as(path).isEqualTo(200);
            assertThat(after.body()).contains("renamed").isNotEqualTo(before.body());
            setClock(due + 1);
            assertThat(server.get(path, "If-None-Match", header(after, "ETag")).statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void an_answer_that_counts_up_to_now_is_made_anew_as_time_goes_on() {
        for (String path :
                List.of(
                        "/api/v1/histogram?from=2024-05-31&buckets=3",
                        "/api/v1/counts?kind=ci&from=2024-05-31&step=PT1H")) {
            String tag = header(server.get(path), "ETag");
            assertThat(server.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
            setClock(NOW + 7_200_000_000L);
            assertThat(server.get(path, "If-None-Match", tag).statusCode()).as(path).isEqualTo(200);
            setClock(NOW + 1_000_000);
        }
    }

    @Test
    void each_representation_has_a_tag_of_its_own() {
        for (String path :
                List.of(
                        "/api/v1/cis",
                        "/api/v1/counts?kind=ci&by=class",
                        "/api/v1/cis/web/impact")) {
            Set<String> tags = new TreeSet<>();
            for (String format : FORMATS) {
                HttpResponse<String> answer = server.get(path, "Accept", format);
                tags.add(header(answer, "ETag"));
                assertThat(
                                server.get(
                                                path,
                                                "Accept",
                                                format,
                                                "If-None-Match",
                                                header(answer, "ETag"))
                                        .statusCode())
                        .isEqualTo(304);
            }
            assertThat(tags).hasSize(3);
        }
    }

    @Test
    void final_answers_have_strong_tags_and_are_kept_for_good() {
        for (String path : QUERIES) {
            if (path.contains("timemap") || path.contains("diff")) {
                continue;
            }
            String past = path + (path.contains("?") ? "&" : "?") + "knownAt=position:8";
            HttpResponse<String> answer = server.get(past);
            assertThat(header(answer, "ETag")).as(past).startsWith("\"");
            assertThat(header(answer, "Cache-Control")).contains("immutable");
            server.recorded().now(StreamId.ci("rack"), new CiRenamed("r" + path.length()));
            assertThat(server.get(past, "If-None-Match", header(answer, "ETag")).statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void a_cursor_leads_to_one_page_for_ever() {
        String next = server.json("/api/v1/cis?limit=1").get("next").asString();
        String path = "/api/v1/cis?limit=1&cursor=" + next;
        HttpResponse<String> second = server.get(path);
        server.recorded().now(StreamId.ci("rack"), new CiRenamed("changed"));
        HttpResponse<String> again = server.get(path, "If-None-Match", header(second, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        for (String name : List.of("As-Of", "Known-At", "Log-Position", "Cache-Control", "Link")) {
            assertThat(header(again, name)).as(name).isEqualTo(header(second, name));
        }
        assertThat(server.get(path).body()).isEqualTo(second.body());
    }

    @Test
    void the_same_question_to_another_log_has_another_tag(@TempDir Path other) {
        SteppingClock later = new SteppingClock(Microseconds.toInstant(NOW + 1), Duration.ZERO);
        try (QueryServer another = QueryServer.start(other, later, ZoneOffset.UTC)) {
            Estate.record(another.recorded());
            HttpResponse<String> there = another.get("/api/v1/cis");
            assertThat(header(there, "Log-Position"))
                    .isEqualTo(header(server.get("/api/v1/cis"), "Log-Position"));
            assertThat(
                            server.get("/api/v1/cis", "If-None-Match", header(there, "ETag"))
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void what_is_not_there_is_not_known_either() {
        for (String path :
                List.of(
                        "/api/v1/cis/nobody",
                        "/api/v1/cis/nobody/impact",
                        "/api/v1/cis/nobody/timeline",
                        "/api/v1/cis?colour=red")) {
            HttpResponse<String> answer = server.get(path, "If-None-Match", "*");
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.headers().firstValue("ETag")).isEmpty();
        }
    }

    @Test
    void a_known_answer_is_not_made() {
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            server.recorded().changeSet(SeededHistory.changeSets(random.nextLong(), 1).getFirst());
        }
        String path = "/api/v1/counts?kind=ci&by=class&knownAt=position:12";
        String tag = header(server.get(path), "ETag");
        long before = entriesTouched();
        assertThat(server.get(path).statusCode()).isEqualTo(200);
        long made = entriesTouched();
        assertThat(made - before).isPositive();
        assertThat(server.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(entriesTouched() - made).isZero();
    }

    @Test
    void head_says_what_get_says_but_for_the_body() {
        for (String path : QUERIES) {
            for (String format : FORMATS) {
                HttpResponse<String> get = server.get(path, "Accept", format);
                HttpResponse<String> head = server.head(path, "Accept", format);
                assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
                assertThat(head.body()).isEmpty();
                assertThat(steady(head)).as(path + " " + format).isEqualTo(steady(get));
                if (get.statusCode() == 200) {
                    assertThat(
                                    server.head(
                                                    path,
                                                    "Accept",
                                                    format,
                                                    "If-None-Match",
                                                    header(get, "ETag"))
                                            .statusCode())
                            .isEqualTo(304);
                }
            }
        }
    }

    /** While facts are recorded and the clock goes on, in any order. */
    @Test
    void a_caller_is_spared_an_answer_only_if_it_is_the_one_they_have() {
        Random random = new Random(20260301);
        Map<String, HttpResponse<String>> kept = new HashMap<>();
        long now = NOW + 1_000_000;
        int spared = 0;
        List<String> all = new ArrayList<>(QUERIES);
        all.add("/api/v1/histogram?from=2024-05-31&buckets=3");
        all.add("/api/v1/counts?kind=ci&from=2024-05-31&step=PT1H");
        all.add("/api/v1/diff?from=2024-01-01");
        all.add("/api/v1/cis?asOf=2024-03-15");
        all.add("/api/v1/cis/web?asOf=2024-02-15");
        for (int round = 0; round < 400; round++) {
            switch (random.nextInt(4)) {
                case 0 ->
                        server.recorded()
                                .at(
                                        InstantText.format(now + random.nextInt(-3, 4) * 500_000L),
                                        random.nextBoolean() ? Estate.WEB : Estate.RACK,
                                        new CiRenamed("n" + random.nextInt(3)));
                case 1 -> setClock(now += random.nextInt(3) * 500_000L);
                default -> {
                    // Nothing happens.
                }
            }
            String path = all.get(random.nextInt(all.size()));
            String format = FORMATS.get(random.nextInt(FORMATS.size()));
            String key = path + " " + format;
            HttpResponse<String> have = kept.get(key);
            HttpResponse<String> fresh = server.get(path, "Accept", format);
            if (have != null && have.statusCode() == 200) {
                HttpResponse<String> asked =
                        server.get(path, "Accept", format, "If-None-Match", header(have, "ETag"));
                if (asked.statusCode() == 304) {
                    assertThat(withoutInstant(fresh)).as(key).isEqualTo(withoutInstant(have));
                    spared++;
                } else {
                    assertThat(withoutInstant(asked)).isEqualTo(withoutInstant(fresh));
                }
            }
            kept.put(key, fresh);
        }
        assertThat(spared).isGreaterThan(40);
    }

    /** Where an answer of now tells the instant of the request, it means the same at another. */
    private static String withoutInstant(HttpResponse<String> answer) {
        return header(answer, "ETag").startsWith("W/")
                ? answer.body().replaceAll("\"(next|asOf)\":\"[^\"]*\"", "")
                : answer.body();
    }

    /** Headers that are there in both, without those about the connection. */
    private static Map<String, List<String>> steady(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers().map());
        headers.keySet().removeAll(Set.of("transfer-encoding", "date"));
        return headers;
    }

    private void setClock(long instant) {
        clock.set(Microseconds.toInstant(instant));
    }

    private long entriesTouched() {
        return server.bean(TemporalIndex.class).entriesTouched();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }
}
