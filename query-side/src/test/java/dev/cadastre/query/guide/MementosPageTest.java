package dev.cadastre.query.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.histories.SteppingClock;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the page on mementos and caching shows is what the server answers, headers included. */
class MementosPageTest {

    private static final Path PAGE = Path.of("../docs/guide/mementos-and-caching.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("```http\nGET (\\S+)\n(.*?)```\n```text\n(.*?)```", Pattern.DOTALL);

    /** Stands on the page for a tag that the server makes up. */
    private static final String TAG = "W/\"…\"";

    @TempDir Path directory;

    @Test
    void the_page_tells_what_happens() throws Exception {
        SteppingClock clock =
                new SteppingClock(Instant.parse("2026-01-01T10:00:00Z"), Duration.ZERO);
        try (QueryServer server = QueryServer.start(directory, clock, ZoneOffset.UTC)) {
            record(server, clock);
            String tag = "";
            List<MatchResult> examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
            assertThat(examples).hasSize(8);
            for (MatchResult example : examples) {
                HttpResponse<String> answer =
                        server.get(example.group(1), headers(example.group(2), tag));
                tag = answer.headers().firstValue("ETag").orElse(tag);
                check(example.group(3), answer, tag);
            }
        }
    }

    private static void record(QueryServer server, SteppingClock clock) {
        StreamId rack = StreamId.ci("rack-7");
        server.recorded().now(rack, registered("rack", "Rack 7"));
        clock.set(Instant.parse("2026-01-02T10:00:00Z"));
        server.recorded().now(rack, new CiRenamed("Rack seven"));
        clock.set(Instant.parse("2026-01-03T10:00:00Z"));
        server.recorded().at("2026-01-10T00:00:00Z", rack, new CiRenamed("Rack 7b"));
        clock.set(Instant.parse("2026-01-20T10:00:00Z"));
        server.recorded().now(StreamId.ci("shelf"), registered("shelf", "Shelf"));
        clock.set(Instant.parse("2026-03-01T00:00:00Z"));
    }

    private static CiRegistered registered(String ciClass, String name) {
        return new CiRegistered(ciClass, name, null, null, Map.of(), List.of());
    }

    private static String[] headers(String shown, String tag) {
        List<String> headers = new ArrayList<>();
        for (String line : shown.lines().toList()) {
            headers.addAll(List.of(line.replace(TAG, tag).split(": ", 2)));
        }
        return headers.toArray(String[]::new);
    }

    /** A header without a value is not sent; of one shown several times, each is a part. */
    private static void check(String shown, HttpResponse<String> answer, String tag) {
        String[] parts = shown.split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        assertThat(answer.statusCode()).hasToString(head.getFirst());
        for (String line : head.subList(1, head.size())) {
            String[] header = line.split(":", 2);
            String value = header[1].strip().replace(TAG, tag);
            String sent = answer.headers().firstValue(header[0]).orElse("");
            if (header[0].equals("Link")) {
                assertThat(sent).contains(value);
            } else {
                assertThat(sent).as(line).isEqualTo(value);
            }
        }
        if (parts.length == 2) {
            GuideExamples.assertAnswered(
                    parts[1], JsonMapper.builder().build().readTree(answer.body()));
        }
    }
}
