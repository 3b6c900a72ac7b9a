package dev.cadastre.query.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.webhook.WebhookEvent;
import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookPaused;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSecretRolled;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSubscribed;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.query.histories.QueryServer;
import dev.cadastre.query.webhooks.receivers.Receiver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What auditors and administrators see of webhooks. */
class WebhookReadingTest {

    private static final WebhookFilter FILTER =
            new WebhookFilter(
                    List.of("ci.*"),
                    List.of("ci"),
                    List.of("ci:db"),
                    Map.of("class", List.of("server")));

    @TempDir static Path directory;

    private static QueryServer server;
    private static String auditor;
    private static String administrator;

    @BeforeAll
    static void start() {
        server = QueryServer.start(directory, Clock.systemUTC(), ZoneOffset.UTC);
        auditor = token(Role.AUDITOR);
        administrator = token(Role.ADMINISTRATOR);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_webhook_reads_as_it_was_subscribed_with_where_it_stands() {
        subscribe("reads", "https://example.invalid/in", FILTER);

        JsonNode webhook = json(get(auditor, "/reads"));

        assertThat(webhook.get("id").stringValue()).isEqualTo("reads");
        assertThat(webhook.get("name").stringValue()).isEqualTo("Mirror");
        assertThat(webhook.get("url").stringValue()).isEqualTo("https://example.invalid/in");
        assertThat(webhook.get("filter"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        "{\"types\":[\"ci.*\"],\"kinds\":[\"ci\"],\"streams\":"
                                                + "[\"ci:db\"],\"facets\":{\"class\":[\"server\"]}}"));
        assertThat(webhook.get("state").stringValue()).isEqualTo("active");
        assertThat(webhook.get("delivered").longValue()).isZero();
        assertThat(webhook.has("secret")).isFalse();
    }

    @Test
    void one_that_fails_says_since_when_why_and_when_it_is_tried_again() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            // Into its own network a server sends only with the operator's leave.
            subscribe("fails", receiver.url(), WebhookFilter.ALL);
            await().until(() -> state("fails").equals("failing"));

            JsonNode webhook = json(get(auditor, "/fails"));

            assertThat(webhook.get("attempts").intValue()).isPositive();
            assertThat(webhook.get("lastError").stringValue()).contains("--webhook-allow");
            assertThat(webhook.get("failingSince").stringValue()).endsWith("Z");
            assertThat(webhook.get("nextAttemptAt").stringValue())
                    .isGreaterThan(webhook.get("failingSince").stringValue());
            assertThat(webhook.get("lag").longValue()).isPositive();
            assertThat(receiver.attempts()).isEmpty();
        }
    }

    @Test
    void a_pause_and_an_end_are_seen_as_soon_as_they_are_recorded() {
        subscribe("paused", "https://example.invalid/in", FILTER);
        record("paused", new WebhookPaused());
        assertThat(state("paused")).isEqualTo("paused");

        record("paused", new WebhookEnded());

        assertThat(get(auditor, "/paused").statusCode()).isEqualTo(404);
        assertThat(json(get(auditor, "")).get("items").valueStream())
                .noneMatch(webhook -> webhook.get("id").stringValue().equals("paused"));
    }

    @Test
    void the_secret_is_shown_to_an_administrator_and_kept_by_nobody_on_the_way() {
        subscribe("secret", "https://example.invalid/in", FILTER);
        HttpResponse<String> first = get(administrator, "/secret/secret");
        record("secret", new WebhookSecretRolled(1, 3_600));
        JsonNode rolled = json(get(administrator, "/secret/secret"));
        record("secret", new WebhookSecretRolled(2, 0));
        JsonNode leaked = json(get(administrator, "/secret/secret"));

        assertThat(first.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(first).get("generation").intValue()).isZero();
        assertThat(json(first).has("previous")).isFalse();
        assertThat(rolled.get("previous")).isEqualTo(json(first).get("secret"));
        assertThat(rolled.get("secret")).isNotEqualTo(rolled.get("previous"));
        assertThat(rolled.has("previousUntil")).isTrue();
        assertThat(leaked.get("generation").intValue()).isEqualTo(2);
        assertThat(leaked.has("previous")).isFalse();
    }

    @Test
    void whoever_may_not_look_is_told_so_whether_or_not_there_is_anything() {
        subscribe("guarded", "https://example.invalid/in", FILTER);

        for (String path : List.of("", "/guarded", "/guarded/secret", "/none", "/none/secret")) {
            assertThat(get(server.token(), path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(get(auditor, "/guarded/secret").statusCode()).isEqualTo(403);
        assertThat(get(auditor, "/none/secret").statusCode()).isEqualTo(403);
        assertThat(get(administrator, "/none/secret").statusCode()).isEqualTo(404);
    }

    private static void subscribe(String id, String url, WebhookFilter filter) {
        record(id, new WebhookSubscribed("Mirror", url, filter, -1L));
    }

    private static synchronized void record(String id, WebhookEvent event) {
        server.recorded().now(StreamId.webhook(id), event);
    }

    private static String state(String id) {
        return json(get(auditor, "/" + id)).get("state").stringValue();
    }

    private static HttpResponse<String> get(String token, String path) {
        return server.get("/api/v1/webhooks" + path, "Authorization", "Bearer " + token);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String token(Role role) {
        return server.bean(TokenStore.class)
                .create(role.name(), role.name().toLowerCase(Locale.ROOT), Set.of(role), Set.of())
                .text();
    }
}
