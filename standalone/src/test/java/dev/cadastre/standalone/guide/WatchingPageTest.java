package dev.cadastre.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.TestServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** What the page for whoever watches a server names is what a running server tells. */
class WatchingPageTest {

    private static final Path PAGE = Path.of("../docs/operations/watching.md");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:cadastre|jvm|process|system)_[a-z_]+(?:\\{[^}]*})?");
    private static final Pattern FIELD = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|.*$");

    @TempDir static Path directory;

    private static String page;
    private static TestServer server;
    private static List<String> series;

    @BeforeAll
    static void start() throws Exception {
        page = Files.readString(PAGE);
        server = TestServer.start(directory);
        // That of garbage collections is there after the first one.
        System.gc();
        series =
                get("/actuator/prometheus")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.lastIndexOf(' ')))
                        .toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_metric_that_the_page_names_is_told() {
        List<String> named = METRIC.matcher(page).results().map(MatchResult::group).toList();
        assertThat(named).hasSizeGreaterThan(15);
        assertThat(named).allMatch(name -> series.contains(name) || names(series).contains(name));
    }

    @Test
    void every_metric_of_its_own_that_a_server_tells_is_on_the_page() {
        assertThat(names(METRIC.matcher(page).results().map(MatchResult::group).toList()))
                .containsAll(
                        names(series).stream().filter(it -> it.startsWith("cadastre_")).toList());
    }

    @Test
    void every_word_of_a_label_is_on_the_page() {
        for (String one : series) {
            if (one.startsWith("cadastre_") && one.contains("=\"")) {
                String word = one.replaceAll(".*=\"(.*)\"}", "$1");
                assertThat(page).as(one).containsAnyOf("`" + word + "`", "\"" + word + "\"");
            }
        }
    }

    @Test
    void every_field_of_health_is_on_the_page_and_no_other() throws Exception {
        JsonNode described =
                HttpJson.mapper()
                        .readTree(get("/openapi.json"))
                        .at("/components/schemas/Health/properties");
        SortedSet<String> onPage =
                FIELD.matcher(page)
                        .results()
                        .map(field -> field.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(onPage).containsExactlyInAnyOrderElementsOf(described.propertyNames());
        assertThat(onPage)
                .containsAll(HttpJson.mapper().readTree(get("/actuator/health")).propertyNames());
        for (JsonNode field : described) {
            field.path("enum").forEach(word -> assertThat(page).contains(word.asString()));
        }
    }

    @Test
    void alarms_are_rules_on_metrics_that_are_told() {
        List<String> expressions = new ArrayList<>();
        for (Object group : (List<?>) yaml("groups:").get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                assertThat(((Map<?, ?>) rule).get("alert")).isInstanceOf(String.class);
                expressions.add((String) ((Map<?, ?>) rule).get("expr"));
            }
        }
        assertThat(expressions)
                .allMatch(it -> it.startsWith("up{") || METRIC.matcher(it).find())
                .hasSizeGreaterThan(5);
        assertThat(yaml("scrape_configs:").toString()).contains("/actuator/prometheus");
    }

    /** The indented block of the page that begins so. */
    private static Map<String, Object> yaml(String first) {
        String block =
                page.substring(page.indexOf("    " + first))
                        .lines()
                        .takeWhile(line -> line.startsWith("    "))
                        .collect(Collectors.joining("\n"));
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(block.stripIndent());
    }

    private static SortedSet<String> names(Collection<String> series) {
        return series.stream()
                .map(one -> one.replaceAll("\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(server.address().resolve(path))
                                    .header("Authorization", "Bearer " + TestServer.TOKEN)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }
}
