package dev.cadastre.command.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.config.CommandServer;
import dev.cadastre.command.config.CommandServer.Reply;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRoutesTest {

    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String BODY = "{\"url\":\"https://example.org/in\"}";

    @TempDir static Path directory;

    private static CommandServer server;

    @BeforeAll
    static void start() {
        server = CommandServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_subscription_is_an_event_with_what_was_asked_for() {
        Reply reply =
                server.send(
                        "POST",
                        WEBHOOKS,
                        """
                        {"id":"mirror","name":"Mirror","url":"https://example.org:8443/in?a=b",
                         "filter":{"types":["ci.*","asset.transitioned"],"kinds":["ci","asset"],
                          "streams":["ci:db-1"],"facets":{"class":["server",""]}},"after":-1}
                        """);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo(WEBHOOKS + "/mirror");
        assertThat(last(reply))
                .isEqualTo(
                        "webhook.subscribed {\"after\":-1,\"filter\":{\"facets\":{\"class\":"
                                + "[\"server\",\"\"]},\"kinds\":[\"ci\",\"asset\"],"
                                + "\"streams\":[\"ci:db-1\"],\"types\":[\"ci.*\","
                                + "\"asset.transitioned\"]},\"name\":\"Mirror\","
                                + "\"url\":\"https://example.org:8443/in?a=b\"}");
    }

    @Test
    void it_is_changed_paused_resumed_given_a_new_secret_and_ended() {
        String webhook = subscribed();

        assertThat(last(server.send("PATCH", webhook, "{\"name\":\"n\",\"filter\":null}")))
                .startsWith("webhook.changed")
                .contains("\"name\":\"n\"");
        assertThat(last(server.send("POST", webhook + "/pause", "{}")))
                .isEqualTo("webhook.paused {}");
        assertThat(last(server.send("POST", webhook + "/resumption", "{\"after\":0}")))
                .isEqualTo("webhook.resumed {\"after\":0}");
        assertThat(last(server.send("POST", webhook + "/secret", "{}")))
                .isEqualTo("webhook.secret-rolled {\"generation\":1,\"graceSeconds\":86400}");
        assertThat(last(server.send("DELETE", webhook, null))).isEqualTo("webhook.ended {}");
        assertThat(server.send("DELETE", webhook, null).status()).isEqualTo(404);
    }

    @Test
    void only_an_administrator_may_have_the_register_sent_elsewhere() {
        String operator = server.token("o", Set.of(Role.OPERATOR), Set.of(Right.values()));
        String webhook = subscribed();

        for (List<String> command :
                List.of(
                        List.of("POST", WEBHOOKS, BODY),
                        List.of("PATCH", webhook, BODY),
                        List.of("DELETE", webhook, "{}"),
                        List.of("POST", webhook + "/pause", "{}"),
                        List.of("POST", webhook + "/resumption", "{}"),
                        List.of("POST", webhook + "/secret", "{}"))) {
            Reply reply = server.sendAs(operator, command.get(0), command.get(1), command.get(2));
            assertThat(reply.status()).as("%s", command).isEqualTo(403);
            assertThat(reply.body().get("role").asString()).isEqualTo("administrator");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BODY, "{\"url\":\"nowhere\"}", "{\"after\":1000000}", "[", "{}", ""})
    void whoever_may_not_is_told_so_whatever_they_send(String body) {
        String operator = server.token("c", Set.of(Role.OPERATOR), Set.of(Right.values()));

        assertThat(server.sendAs(operator, "POST", WEBHOOKS, body).status()).isEqualTo(403);
        if (body.startsWith("{")) {
            Reply within =
                    server.sendAs(
                            operator,
                            "POST",
                            "/api/v1/change-sets",
                            "{\"commands\":[{\"method\":\"POST\",\"path\":\""
                                    + WEBHOOKS
                                    + "\",\"body\":"
                                    + body
                                    + "}]}");
            assertThat(within.status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'example.org/in' | whole",
                "'//example.org/in' | whole",
                "'https:example.org' | whole",
                "'https:///in' | whole",
                "'https://2130706433/' | --webhook-allow",
                "'https://0x7f.1/' | whole",
                "'https://exämple.org/' | xn--",
                "'https://example.org/a b' | whole",
                "'ftp://example.org/' | https://",
                "'file:///etc/passwd' | whole",
                "'http://example.org/in' | https://",
                "'http://1.1.1.1/in' | https://",
                "'https://me:secret@example.org/' | password",
                "'https://example.org/#part' | fragment",
                "'https://example.org:0/' | port",
                "'https://example.org:65536/' | port",
                "'https://127.0.0.1/' | --webhook-allow",
                "'https://10.1.2.3/' | --webhook-allow",
                "'https://169.254.169.254/latest/meta-data' | --webhook-allow",
                "'https://[::1]/' | --webhook-allow",
                "'https://[::ffff:127.0.0.1]/' | --webhook-allow",
                "'https://[fd00:ec2::254]/' | --webhook-allow",
                "'https://[fe80::1]/' | --webhook-allow"
            })
    void an_address_that_can_never_be_sent_to_is_refused(String url, String says) {
        Reply reply = server.send("POST", WEBHOOKS, "{\"url\":\"" + url + "\"}");

        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(400);
        assertThat(reply.body().get("pointer").asString()).isEqualTo("/url");
        assertThat(reply.body().get("detail").asString()).contains(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"types\":[\"ci.exploded\"]} | /filter/types/0",
                "{\"types\":[\"ci.*\",\"x*\"]} | /filter/types/1",
                "{\"types\":[1]} | /filter/types/0",
                "{\"kinds\":[\"server\"]} | /filter/kinds/0",
                "{\"streams\":[\"db-1\"]} | /filter/streams/0",
                "{\"streams\":[\"ci:\"]} | /filter/streams/0",
                "{\"facets\":{\"colour\":[\"red\"]}} | /filter/facets/colour",
                "{\"facets\":{\"class\":[]}} | /filter/facets/class",
                "{\"facets\":{\"class\":\"server\"}} | /filter/facets/class",
                "{\"colour\":\"red\"} | /filter/colour"
            })
    void a_filter_that_nothing_can_pass_is_refused(String filter, String pointer) {
        Reply reply =
                server.send(
                        "POST",
                        WEBHOOKS,
                        "{\"url\":\"https://example.org/in\",\"filter\":" + filter + "}");

        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(400);
        assertThat(reply.body().get("pointer").asString()).isEqualTo(pointer);
    }

    private static String subscribed() {
        Reply reply = server.send("POST", WEBHOOKS, BODY);
        assertThat(reply.status()).isEqualTo(201);
        return reply.header("Location");
    }

    private static String last(Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isIn(200, 201);
        StoredEvent stored =
                server.log().event(reply.body().get("position").asLong()).orElseThrow();
        return stored.envelope().type()
                + " "
                + new String(stored.payload(), StandardCharsets.UTF_8);
    }
}
