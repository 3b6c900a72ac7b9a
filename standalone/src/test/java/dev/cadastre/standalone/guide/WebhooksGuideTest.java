package dev.cadastre.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.json.JsonParts;
import dev.cadastre.standalone.NeededProgram;
import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.commandline.CommandLineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Runs {@code webhooks.md}: requests and their answers, what is delivered to the page's own
 * receiver, and what a shell prints. Whatever is asked for is asked until it is as shown.
 */
class WebhooksGuideTest {

    private static final Path PAGE = Path.of("../docs/guide/webhooks.md");

    /** Of the vectors in {@code docs/formats/webhook-secret.md}, by the key that begins 000102. */
    private static final String SECRET = "whsec_WK31V4Wru+euox3vQIulZDkAXIwcclDx//mgxCGoQAs=";

    private static final String ROLLED = "whsec_dQxKmkLnu9QXQda1gpmhSG2+xhmBEAQOZZs0YzHuesQ=";

    @TempDir Path directory;

    private WebhookReceiver receiver;
    private TestServer server;
    private GuideClient client;

    @BeforeEach
    void start() throws Exception {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        Path trust = TestServer.directories(directory).trust();
        Files.createDirectories(trust);
        Files.write(trust.resolve("webhooks.key"), key);
        receiver = new WebhookReceiver(SECRET);
        server = TestServer.startSendingHere(directory);
        client = new GuideClient(server.address(), TestServer.TOKEN);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        receiver.close();
    }

    @Test
    void what_the_page_shows_is_what_happens() throws Exception {
        NeededProgram.anyOf("curl");
        CommandLineProcess shell = CommandLineProcess.in(directory, server.address());
        List<Snippet> snippets = Snippet.of(PAGE);
        for (int i = 0; i < snippets.size(); i++) {
            Snippet snippet = snippets.get(i);
            Snippet next = i + 1 < snippets.size() ? snippets.get(i + 1) : snippet;
            switch (snippet.language() + " " + snippet.label()) {
                case "http " -> send(snippet, next);
                case "json delivered" -> delivered(snippet);
                case "sh " -> await().untilAsserted(() -> run(shell, snippet, next));
                default -> assertThat(snippet.language()).isIn("json", "text", "java");
            }
        }
    }

    @Test
    void the_page_shows_the_receiver_as_it_is() throws Exception {
        JavaRegions.assertShown(PAGE, WebhookReceiver.class);
    }

    @Test
    void a_receiver_takes_messages_under_the_old_secret_and_the_new_but_not_under_another()
            throws Exception {
        client.send(
                "POST /api/v1/webhooks\n\n"
                        + real(
                                "{\"id\":\"tickets\",\"url\":\"http://127.0.0.1:9000/cadastre\","
                                        + "\"filter\":{\"kinds\":[\"asset\"]}}"));
        client.send("POST /api/v1/webhooks/tickets/secret\n\n{}");

        client.send("POST /api/v1/assets\n\n{\"id\":\"A-1\"}");
        assertThat(arrived().path("subject").asString()).isEqualTo("asset:A-1");

        receiver.changeOver(ROLLED);
        client.send("POST /api/v1/assets\n\n{\"id\":\"A-2\"}");
        assertThat(arrived().path("subject").asString()).isEqualTo("asset:A-2");

        client.send("POST /api/v1/webhooks/tickets/secret\n\n{\"graceHours\":0}");
        client.send("POST /api/v1/assets\n\n{\"id\":\"A-3\"}");
        await().untilAsserted(
                        () ->
                                assertThat(
                                                client.send("GET /api/v1/webhooks/tickets")
                                                        .json()
                                                        .path("lastStatus")
                                                        .asInt())
                                        .isEqualTo(401));
        assertThat(receiver.kept()).isEmpty();
    }

    private void send(Snippet request, Snippet next) throws Exception {
        boolean shown = next.language().equals("json") && next.label().isEmpty();
        JsonNode expected = HttpJson.mapper().readTree(shown ? real(next.text()) : "{}");
        if (request.text().startsWith("GET")) {
            await().untilAsserted(() -> sendOnce(request, expected));
        } else {
            sendOnce(request, expected);
        }
    }

    private void sendOnce(Snippet request, JsonNode expected) throws Exception {
        GuideClient.Answer answered = client.send(real(request.text()));
        int status = expected.path("status").asInt(answered.status() == 201 ? 201 : 200);
        assertThat(answered.status()).as("%s: %s", request, answered.body()).isEqualTo(status);
        JsonParts.assertIsPart(request + " ", expected, answered.json());
    }

    private void delivered(Snippet shown) throws Exception {
        JsonParts.assertIsPart(shown + " ", HttpJson.mapper().readTree(shown.text()), arrived());
    }

    private JsonNode arrived() throws InterruptedException {
        JsonNode message = receiver.kept().poll(30, TimeUnit.SECONDS);
        assertThat(message).as("nothing was delivered").isNotNull();
        return message;
    }

    private static void run(CommandLineProcess shell, Snippet snippet, Snippet printed)
            throws Exception {
        CommandLineProcess.Outcome outcome = shell.run("set -eu; " + snippet.text());
        assertThat(outcome.output()).as("%s", outcome.messages()).isEqualTo(printed.text());
    }

    /** The page's receiver listens at a port that is free. */
    private String real(String text) {
        return text.replace("127.0.0.1:9000", receiver.authority());
    }
}
