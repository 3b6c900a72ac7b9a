package dev.cadastre.query.changes.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.events.snapshot.SnapshotScope;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.query.histories.Estate;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.Snapshots;
import dev.cadastre.query.shared.difference.AppliedPatch;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Change sets by their first position: 0 the three CIs, 3 to 10 the rest of the estate, 11 an
 * urgent change of many things by another, 41 a snapshot, 42 its sealing.
 */
class ChangeRoutesTest {

    private static final String CHANGES = "/api/v1/changes";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MANY = 30;

    @TempDir static Path directory;

    private static QueryServer server;

    @BeforeAll
    static void start() throws InterruptedException {
        Clock clock = Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);
        server = QueryServer.start(directory, clock, ZoneOffset.UTC);
        Estate.record(server.recorded());
        server.recorded().log().append(urgent()).join();
        Snapshots.take(server.recorded(), "q1", SnapshotScope.ALL);
        Snapshots.awaitSealed(server.recorded().log(), "q1");
    }

    private static ChangeSet urgent() {
        List<Entry> entries = new ArrayList<>();
        entries.add(
                Entry.at(
                        "2024-04-01T00:00:00Z",
                        Estate.DB,
                        new CiChanged(Map.of("cores", 16L), List.of(), List.of(), List.of())));
        IntStream.range(1, MANY)
                .mapToObj(i -> "node-" + i)
                .forEach(
                        id ->
                                entries.add(
                                        Entry.at(
                                                "2024-05-01T00:00:00Z",
                                                StreamId.ci(id),
                                                new CiRegistered(
                                                        "server", null, null, null, Map.of(),
                                                        List.of()))));
        ChangeSet proposed = server.recorded().proposed(entries);
        return new ChangeSet(
                proposed.id(),
                "person-robot",
                "person-operator",
                "nightly",
                new StoredMetadata("More load", "CHG-7", "case-1", null, null).toJson(),
                proposed.events(),
                List.of(),
                List.of(),
                null);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_newest_come_first_with_who_when_and_why() {
        JsonNode change = server.json(CHANGES + "?before=41&limit=1").get("items").get(0);
        assertThat(change.get("firstPosition").asInt()).isEqualTo(11);
        assertThat(change.get("lastPosition").asInt()).isEqualTo(40);
        assertThat(change.get("recordedAt").asString()).startsWith("2024-06-01T00:00:00");
        assertThat(change.get("earliestEffectiveAt").asString()).isEqualTo("2024-04-01T00:00:00Z");
        assertThat(change.get("latestEffectiveAt").asString()).isEqualTo("2024-05-01T00:00:00Z");
        assertThat(change.get("principal").asString()).isEqualTo("person-robot");
        assertThat(change.get("actor").asString()).isEqualTo("person-operator");
        assertThat(change.get("source").asString()).isEqualTo("nightly");
        assertThat(change.get("reason").asString()).isEqualTo("More load");
        assertThat(change.get("change").asString()).isEqualTo("CHG-7");
        assertThat(change.get("correlation").asString()).isEqualTo("case-1");
        assertThat(change.get("unplanned").asBoolean()).isFalse();
        assertThat(change.get("eventCount").asInt()).isEqualTo(MANY);
        assertThat(change.get("entityCount").asInt()).isEqualTo(MANY);
        assertThat(change.get("entities")).hasSize(20);
        assertThat(change.get("entities").get(0).get("kind").asString()).isEqualTo("ci");
        assertThat(change.get("entities").get(0).get("id").asString()).isEqualTo("db");
        assertThat(change.get("links").get("self").asString()).isEqualTo(CHANGES + "/position:40");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=3&before=11 | 10 9 8",
                "before=2 | ''",
                "before=0 | ''",
                "before=1 | ''",
                "before=3 | 0",
                "before=12&limit=1 | 10",
                "after=-1&limit=2 | 0 3",
                "after=0&limit=2 | 3 4",
                "after=12&knownAt=position:40 | ''",
                "after=8 | 9 10 11 41 42",
                "after=8&knownAt=position:9 | 9",
                "after=8&knownAt=position:20 | 9 10 11",
                "knownAt=position:1 | 0",
                "knownAt=position:-1 | ''",
                "knownAt=2020-01-01 | ''",
                "change=CHG-7 | 11",
                "change=chg-7 | ''",
                "actor=person-operator | 11",
                "actor=person-operator&actor=person-tester&kind=asset | 8 5 3",
                "principal=person-operator | ''",
                "source=nightly | 11",
                "unplanned=false | 11",
                "unplanned=true&kind=snapshot | 42 41",
                "kind=asset&kind=snapshot | 42 41 8 5 3",
                "kind=person | ''",
                "entity=ci:db | 11 0",
                "entity=ci:db&after=0 | 11",
                "entity=ci:db/old%3B%2050%25 | 10 9",
                "entity=asset:laptop&entity=ci:web&limit=4 | 8 7 6 5",
                "entity=ci:nobody | ''",
            })
    void change_sets_are_chosen_by_place_and_by_what_is_said_of_them(String query, String wanted) {
        JsonNode page = server.json(CHANGES + "?" + query);
        assertThat(String.join(" ", firstPositions(page.get("items")))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&after=-1",
                "&before=30",
                "&knownAt=position:8",
                "&kind=ci",
                "&entity=ci:web",
                "&unplanned=true&after=2"
            })
    void pages_follow_each_other_and_streams_have_them_all(String query) {
        List<JsonNode> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = server.json(CHANGES + "?limit=2" + query + cursor);
            page.get("items").forEach(paged::add);
            cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        assertThat(paged).isNotEmpty();
        String all = CHANGES + "?" + query.replaceFirst("^&", "");
        assertThat(
                        server.get(all, "Accept", "application/x-ndjson")
                                .body()
                                .lines()
                                .map(MAPPER::readTree))
                .isEqualTo(paged);
        assertThat(server.get(all, "Accept", "text/csv").body().lines().skip(1))
                .hasSameSizeAs(paged);
    }

    @Test
    void what_is_recorded_meanwhile_does_not_come_into_the_pages_that_follow(
            @TempDir Path elsewhere) {
        try (QueryServer own =
                QueryServer.start(
                        elsewhere,
                        Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC),
                        ZoneOffset.UTC)) {
            Estate.record(own.recorded());
            JsonNode first = own.json(CHANGES + "?after=5&limit=1");
            own.recorded()
                    .now(
                            Estate.WEB,
                            new CiChanged(Map.of("n", 1L), List.of(), List.of(), List.of()));
            JsonNode rest =
                    own.json(CHANGES + "?after=5&limit=50&cursor=" + first.get("next").asString());
            assertThat(firstPositions(rest.get("items"))).containsExactly("7", "8", "9", "10");
            assertThat(rest.get("next").isNull()).isTrue();
        }
    }

    @Test
    void a_change_tells_the_states_before_and_after_it_and_what_leads_from_the_one_to_the_other() {
        JsonNode change = server.json(CHANGES + "/position:7");
        assertThat(change.get("total").asInt()).isEqualTo(1);
        JsonNode effect = change.get("items").get(0);
        // A retraction is about the fact that it takes back.
        assertThat(effect.get("asOf").asString()).isEqualTo("2024-03-01T00:00:00Z");
        assertThat(effect.get("change").asString()).isEqualTo("changed");
        assertThat(effect.get("before").get("attributes").get("cores").asInt()).isEqualTo(8);
        assertThat(effect.get("after").get("attributes").get("cores").asInt()).isEqualTo(4);
        assertThat(effect.get("events").get(0).get("type").asString())
                .isEqualTo("ci.fact-retracted");
        assertThat(effect.get("events").get(0).get("data").get("retracted").asInt()).isEqualTo(1);
        assertThat(AppliedPatch.of(effect.get("before"), effect.get("patch")))
                .isEqualTo(effect.get("after"));
        assertVersion(effect, "before", "/api/v1/cis/web/versions/");
        assertVersion(effect, "after", "/api/v1/cis/web/versions/");
    }

    private static void assertVersion(JsonNode effect, String side, String versions) {
        int number =
                effect.get("version" + side.substring(0, 1).toUpperCase() + side.substring(1))
                        .asInt();
        assertThat(server.json(versions + number).get("attributes"))
                .isEqualTo(effect.get(side).get("attributes"));
    }

    @Test
    void things_that_are_no_assets_and_no_cis_have_their_events() {
        JsonNode effect = server.json(CHANGES + "/position:41").get("items").get(0);
        assertThat(effect.get("kind").asString()).isEqualTo("snapshot");
        assertThat(effect.get("id").asString()).isEqualTo("q1");
        assertThat(effect.has("before")).isFalse();
        assertThat(effect.get("events").get(0).get("data").get("name").asString())
                .isEqualTo("Quarter 1");
    }

    @Test
    void one_steps_from_the_last_change_back_to_the_first_and_forward_again() {
        List<String> back = steps(CHANGES + "/position:42", "prev");
        assertThat(back).hasSize(12);
        assertThat(steps(back.getLast(), "next")).isEqualTo(selves(back.reversed()));
    }

    private static List<String> steps(String path, String relation) {
        List<String> passed = new ArrayList<>();
        for (String next = path; next != null; ) {
            HttpResponse<String> answer = server.get(next);
            JsonNode links = MAPPER.readTree(answer.body()).get("links");
            passed.add(links.get("self").asString());
            next = links.has(relation) ? links.get(relation).asString() : null;
            for (String other : List.of("prev", "next")) {
                List<String> header = answer.headers().allValues("Link");
                if (links.has(other)) {
                    assertThat(header)
                            .contains(
                                    "<" + links.get(other).asString() + ">; rel=\"" + other + "\"");
                } else {
                    assertThat(header).noneMatch(link -> link.contains("rel=\"" + other + "\""));
                }
            }
        }
        return passed;
    }

    private static List<String> selves(List<String> paths) {
        return paths.stream()
                .map(path -> server.json(path).get("links").get("self").asString())
                .toList();
    }

    @Test
    void a_change_has_the_same_answer_by_its_id_and_by_every_position_in_it() {
        String byPosition = server.get(CHANGES + "/position:0").body();
        JsonNode change = MAPPER.readTree(byPosition);
        String id = change.get("changeSet").asString();
        assertThat(UUID.fromString(id)).hasToString(id);
        for (String name : List.of(id, id.toUpperCase(), "position:1", "position:2")) {
            assertThat(server.get(CHANGES + "/" + name).body()).isEqualTo(byPosition);
        }
        assertThat(change.get("items")).hasSize(3);
    }

    @Test
    void a_large_change_comes_in_pages_or_as_a_stream() {
        List<JsonNode> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = server.json(CHANGES + "/position:11?limit=7" + cursor);
            assertThat(page.get("total").asInt()).isEqualTo(MANY);
            page.get("items").forEach(paged::add);
            cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        assertThat(paged).hasSize(MANY);
        assertThat(
                        server.get(CHANGES + "/position:11", "Accept", "application/x-ndjson")
                                .body()
                                .lines()
                                .map(MAPPER::readTree))
                .isEqualTo(paged);
        assertThat(server.get(CHANGES + "/position:11", "Accept", "text/csv").body().lines())
                .hasSize(1 + MANY);
    }

    @Test
    void an_answer_that_can_never_change_says_so() {
        HttpResponse<String> last = server.get(CHANGES + "/position:42");
        assertThat(last.headers().firstValue("Cache-Control")).contains("private, no-cache");
        HttpResponse<String> earlier = server.get(CHANGES + "/position:20");
        assertThat(earlier.headers().firstValue("Cache-Control").orElseThrow())
                .contains("immutable");
        assertThat(earlier.headers().firstValue("Log-Position")).contains("40");
        assertThat(earlier.headers().firstValue("As-Of")).contains("2024-05-01T00:00:00Z");
        String tag = earlier.headers().firstValue("ETag").orElseThrow();
        assertThat(server.get(CHANGES + "/position:20", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        HttpResponse<String> list = server.get(CHANGES + "?knownAt=position:8");
        assertThat(list.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(list.headers().firstValue("Log-Position")).contains("8");
    }

    @ParameterizedTest
    @CsvSource({
        "before=1&after=1, before",
        "before=44, before",
        "before=-1, before",
        "before=x, before",
        "after=43, after",
        "after=-2, after",
        "after=, after",
        "limit=0, limit",
        "limit=1001, limit",
        "kind=dog, kind",
        "entity=web, entity",
        "entity=:web, entity",
        "entity=dog:web, entity",
        "unplanned=perhaps, unplanned",
        "change=, change",
        "asOf=2024-01-01, asOf",
        "knownAt=position:43, knownAt",
        "cursor=AAAA, cursor",
    })
    void what_cannot_be_answered_is_refused_with_the_parameter(String query, String parameter) {
        HttpResponse<String> answer = server.get(CHANGES + "?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(MAPPER.readTree(answer.body()).get("parameter").asString()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "position:43",
                "position:",
                "position:-1",
                "position:99999999999999999999",
                "nothing",
                "1-1-1-1-1",
                "00000000-0000-7000-8000-000000000000",
                "7fffffff-ffff-7fff-bfff-ffffffffffff",
                "11111111-1111-4111-8111-111111111111"
            })
    void a_change_that_is_not_there_is_not_found(String id) {
        HttpResponse<String> answer = server.get(CHANGES + "/" + id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(MAPPER.readTree(answer.body()).get("id").asString()).isEqualTo(id);
    }

    private static List<String> firstPositions(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(change -> change.get("firstPosition").toString())
                .toList();
    }
}
