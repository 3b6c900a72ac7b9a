package dev.cadastre.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.standalone.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The client of the guide works, and is the one that the guide shows. */
class JavaClientTest {

    private static final Path PAGE = Path.of("../docs/guide/java-client.md");
    @TempDir static Path directory;

    private static TestServer server;
    private static JavaClient client;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
        client = new JavaClient(server.address(), TestServer.TOKEN);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void a_command_sent_twice_is_recorded_once_and_shows_in_the_next_answer() throws Exception {
        String asset = "{\"id\":\"A-1\",\"assetTag\":\"T-1\",\"type\":\"hardware\"}";

        long position = client.command("POST", "/api/v1/assets", "order-4711", asset);

        assertThat(client.command("POST", "/api/v1/assets", "order-4711", asset))
                .isEqualTo(position);
        JsonNode read = client.read("/api/v1/assets/A-1", position);
        assertThat(read.path("assetTag").asString()).isEqualTo("T-1");
        assertThat(client.readAsOf("/api/v1/assets/A-1", "2999-12-31", "position:" + position))
                .isEqualTo(read);
        assertThatThrownBy(
                        () ->
                                client.command(
                                        "POST", "/api/v1/assets", "order-4711", "{\"id\":\"A-2\"}"))
                .isInstanceOf(JavaClient.Refused.class)
                .hasMessageContaining("key-reused");
    }

    @Test
    void pages_hold_everything_once() throws Exception {
        long position = -1;
        for (int i = 0; i < 7; i++) {
            position =
                    client.command(
                            "POST",
                            "/api/v1/assets",
                            "page-" + i,
                            "{\"id\":\"P-" + i + "\",\"type\":\"page\"}");
        }
        client.read("/api/v1/assets/P-6", position);

        assertThat(client.all("/api/v1/assets?type=page&limit=3&sort=id"))
                .extracting(item -> item.path("id").asString())
                .containsExactly("P-0", "P-1", "P-2", "P-3", "P-4", "P-5", "P-6");
    }

    @Test
    void what_was_missed_comes_when_the_stream_is_opened_again() throws Exception {
        long first = client.command("POST", "/api/v1/assets", "follow-1", "{\"id\":\"F-1\"}");
        List<JsonNode> seen = new ArrayList<>();
        long last = client.follow(first - 1, event -> !seen.add(event));

        long second = client.command("POST", "/api/v1/assets", "follow-2", "{\"id\":\"F-2\"}");
        client.follow(last, event -> !seen.add(event));

        assertThat(last).isEqualTo(first);
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst().path("type").asString()).contains("asset.registered");
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void the_page_shows_every_region_as_it_is() throws Exception {
        JavaRegions.assertShown(PAGE, JavaClient.class);
    }
}
