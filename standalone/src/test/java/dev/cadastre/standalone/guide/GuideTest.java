package dev.cadastre.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.json.JsonParts;
import dev.cadastre.standalone.NeededProgram;
import dev.cadastre.standalone.TestServer;
import dev.cadastre.standalone.commandline.CommandLineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Runs what the pages of the guide show: an {@code http} block is sent and a {@code json} block
 * after it is a part of the answer; an {@code sh} block is run by bash and a block after it is what
 * it prints. Each page has a server of its own, which is empty at first.
 */
class GuideTest {

    private static final Path GUIDE = Path.of("../docs/guide");
    private static final Set<String> LANGUAGES = Set.of("http", "json", "sh", "csv");

    /** Pages whose examples speak of an estate of their own, and the tests that run them. */
    private static final Map<String, String> RUN_ELSEWHERE =
            Map.of(
                    "webhooks.md",
                    "standalone/src/test/java/dev/cadastre/standalone/guide/WebhooksGuideTest.java",
                    "ask-about-the-past.md",
                    "query-side/src/test/java/dev/cadastre/query/guide/GuidePagesTest.java",
                    "history-of-one-thing.md",
                    "query-side/src/test/java/dev/cadastre/query/guide/GuidePagesTest.java",
                    "for-compliance-officers.md",
                    "query-side/src/test/java/dev/cadastre/query/guide/OfficersPageTest.java",
                    "mementos-and-caching.md",
                    "query-side/src/test/java/dev/cadastre/query/guide/MementosPageTest.java",
                    "for-change-reviewers.md",
                    "query-side/src/test/java/dev/cadastre/query/guide/GuidePagesTest.java",
                    "for-reactive-clients.md",
                    "query-side/src/test/java/dev/cadastre/query/guide/GuidePagesTest.java",
                    "command-line.md",
                    "standalone/src/test/java/dev/cadastre/standalone/commandline/CommandLineGuideTest.java",
                    "java-client.md",
                    "standalone/src/test/java/dev/cadastre/standalone/guide/JavaClientTest.java");

    @TempDir Path directory;

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(GUIDE)) {
            return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    static Stream<Path> pagesRunHere() throws IOException {
        return pages().filter(page -> !RUN_ELSEWHERE.containsKey(page.getFileName().toString()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_that_is_not_run_here_is_run_by_the_test_named(Path page) throws Exception {
        String test = RUN_ELSEWHERE.get(page.getFileName().toString());
        if (test != null) {
            assertThat(Files.readString(Path.of("..").resolve(test)))
                    .contains(page.getFileName().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("pagesRunHere")
    void every_snippet_is_one_that_can_be_run_or_the_answer_to_one(Path page) throws Exception {
        assertThat(Snippet.of(page)).allMatch(snippet -> LANGUAGES.contains(snippet.language()));
    }

    @Test
    void every_page_is_listed() throws Exception {
        String list = Files.readString(GUIDE.resolve("../README.md"));
        assertThat(pages().map(page -> "(guide/" + page.getFileName() + ")"))
                .allMatch(list::contains);
    }

    @ParameterizedTest
    @MethodSource("pagesRunHere")
    void what_a_page_shows_is_what_happens(Path page) throws Exception {
        List<Snippet> snippets = Snippet.of(page);
        if (snippets.stream().anyMatch(snippet -> snippet.language().equals("sh"))) {
            NeededProgram.anyOf("curl");
        }
        try (TestServer server = TestServer.start(directory);
                GuideClient client = new GuideClient(server.address(), TestServer.TOKEN)) {
            CommandLineProcess shell = CommandLineProcess.in(directory, server.address());
            for (int i = 0; i < snippets.size(); i++) {
                Snippet shown = i + 1 < snippets.size() ? snippets.get(i + 1) : null;
                switch (snippets.get(i).language()) {
                    case "http" -> {
                        boolean answered = shown != null && shown.language().equals("json");
                        send(client, snippets.get(i), answered ? shown : null);
                    }
                    case "sh" -> run(shell, snippets.get(i), shown);
                    default -> {
                        // Looked at with what it is the answer to.
                    }
                }
            }
        }
    }

    private static void send(GuideClient client, Snippet request, @Nullable Snippet answer)
            throws Exception {
        GuideClient.Answer answered = client.send(request.text());
        JsonNode expected = answer == null ? null : HttpJson.mapper().readTree(answer.text());
        int status = expected == null ? 200 : expected.path("status").asInt(200);
        if (status < 300) {
            assertThat(answered.status())
                    .as("%s: %s", request, answered.body())
                    .isBetween(200, 299);
        } else {
            assertThat(answered.status()).as("%s: %s", request, answered.body()).isEqualTo(status);
        }
        if (expected != null) {
            client.learn(expected, answered.json());
            JsonParts.assertIsPart(request + " ", client.real(expected), answered.json());
        }
    }

    private static void run(CommandLineProcess shell, Snippet snippet, @Nullable Snippet shown)
            throws Exception {
        CommandLineProcess.Outcome outcome = shell.run("set -eu; " + snippet.text());
        assertThat(outcome.status())
                .as("%s%n%s%n%s", snippet, outcome.output(), outcome.messages())
                .isZero();
        switch (shown == null ? "" : shown.language()) {
            case "json" ->
                    JsonParts.assertIsPart(
                            snippet + " ",
                            HttpJson.mapper().readTree(shown.text()),
                            HttpJson.mapper().readTree(outcome.output()));
            case "csv" ->
                    assertThat(outcome.output().replace("\r\n", "\n"))
                            .as(snippet.toString())
                            .isEqualTo(shown.text());
            default -> {
                // The page does not say what it prints.
            }
        }
    }
}
