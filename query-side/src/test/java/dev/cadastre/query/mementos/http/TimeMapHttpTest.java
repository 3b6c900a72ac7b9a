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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The past states of one thing are listed; over HTTP. */
class TimeMapHttpTest {

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
    void a_time_map_reads_as_link_format_or_json() {
        HttpResponse<String> links = server.get(PastRegister.PATH + "/timemap");
        assertThat(header(links, "Content-Type")).isEqualTo("application/link-format");
        assertThat(links.body())
                .startsWith(
                        "<"
                                + PastRegister.PATH
                                + ">; rel=\"original timegate\",\n<"
                                + PastRegister.PATH
                                + "/timemap>; rel=\"self\"; type=\"application/link-format\";"
                                + " from=\"Thu, 01 Jan 2026 10:00:00 GMT\"; until=\"Sat, 10 Jan"
                                + " 2026 00:00:00 GMT\",\n<"
                                + PastRegister.PATH
                                + "?asOf=2026-01-01T10:00:00.25Z&knownAt=position:0>; rel=\"first"
                                + " memento\"; datetime=\"Thu, 01 Jan 2026 10:00:00 GMT\",\n");
        JsonNode json =
                json(server.get(PastRegister.PATH + "/timemap", "Accept", "application/json"));
        assertThat(json.get("original").asString()).isEqualTo(PastRegister.PATH);
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
            List<Link> links = Link.all(server.get(next).body());
            List<Link> mementos = links.stream().filter(link -> link.isRelated("memento")).toList();
            mementos.forEach(link -> seen.add(link.address()));
            sizes.add(mementos.size());
            next =
                    links.stream()
                            .filter(link -> link.isRelated("next"))
                            .map(Link::address)
                            .findFirst()
                            .orElse(null);
        }
        assertThat(sizes).containsExactly(3, 3, 2);
        assertThat(seen)
                .isEqualTo(
                        Link.mementos(server.get("/api/v1/assets/laptop/timemap").body()).stream()
                                .map(Link::address)
                                .toList());
        Link previous =
                Link.all(server.get("/api/v1/assets/laptop/timemap?limit=3&offset=6").body())
                        .stream()
                        .filter(link -> link.isRelated("prev"))
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

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MAPPER.readTree(answer.body());
    }
}
