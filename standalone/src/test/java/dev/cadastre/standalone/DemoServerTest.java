package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.demo.DemoLoader;
import dev.cadastre.standalone.demo.DemoQueries;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The fictional estate, loaded as the first start loads it. */
class DemoServerTest {

    @TempDir Path directory;

    @Test
    void the_estate_loads_and_the_three_queries_answer_something() throws Exception {
        try (Server server = start()) {
            ApiClient client = client(server);
            LocalDate today = LocalDate.now(ZoneOffset.UTC);

            DemoQueries queries = new DemoLoader(client, directory.resolve("demo")).load(today);

            for (DemoQueries.Query query : queries.all()) {
                JsonNode answer = client.getJson(query.path());
                JsonNode items = answer.has("nodes") ? answer.get("nodes") : answer.path("items");
                assertThat(items.size()).as(query.question()).isGreaterThan(3);
            }
            assertThat(total(client, "asset")).isBetween(1_900L, 2_100L);
            assertThat(total(client, "ci")).isBetween(1_400L, 1_600L);

            // What is loaded is not loaded again, and the queries stay the same ones.
            long position = position(client);
            assertThat(
                            new DemoLoader(client, directory.resolve("demo"))
                                    .load(today.plusDays(1))
                                    .all())
                    .isEqualTo(queries.all());
            assertThat(position(client)).isEqualTo(position);
        }
    }

    @Test
    void every_answer_says_that_the_estate_is_fictional() throws Exception {
        try (Server server = start();
                HttpClient http = HttpClient.newHttpClient()) {
            for (String path : new String[] {"/actuator/health", "/api/v1/cis", "/nowhere"}) {
                var answer =
                        http.send(
                                HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.headers().firstValue(DemoNotice.HEADER)).as(path).isPresent();
            }
        }
    }

    @Tag("exhaustive")
    @ParameterizedTest
    @ValueSource(strings = {"2024-02-29", "2025-12-31", "2026-01-01", "2026-06-14", "2026-08-03"})
    void the_estate_loads_whichever_day_is_the_first(LocalDate today) {
        try (Server server = start()) {
            new DemoLoader(client(server), directory.resolve("demo")).load(today);
        }
    }

    private Server start() {
        return Server.start(
                new ServerSettings(
                        DataDirectories.of(directory.resolve("demo")),
                        HttpSettings.of("127.0.0.1", 0),
                        ZoneOffset.UTC,
                        true),
                Clock.systemUTC(),
                null);
    }

    private static ApiClient client(Server server) {
        return new ApiClient(server.address(), Objects.requireNonNull(server.administratorToken()));
    }

    private static long total(ApiClient client, String kind) {
        String by = kind.equals("ci") ? "class" : "type";
        return client.getJson("/api/v1/counts?kind=" + kind + "&by=" + by).path("total").asLong(-1);
    }

    private static long position(ApiClient client) throws Exception {
        var answer = client.send(client.request("/api/v1/cis?limit=1").GET().build());
        try (var body = answer.body()) {
            assertThat(HttpJson.mapper().readTree(body).isObject()).isTrue();
        }
        return answer.headers().firstValueAsLong("Log-Position").orElse(-1);
    }
}
