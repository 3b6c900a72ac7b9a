package dev.cadastre.standalone.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The pages that describe the API, as a browser shows them. */
class DocumentationPagesTest {

    /** Chromium may still be writing into its profile when it is ended. */
    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path directory;

    private static TestServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(directory.resolve("profile"));
        server = TestServer.start(directory.resolve("server"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void every_operation_is_shown_and_one_can_be_sent_with_a_token() throws Exception {
        DescribedApi api = new DescribedApi(HttpJson.mapper().readTree(get("/openapi.json")));
        int operations = api.operations().size() + api.document().path("webhooks").size();

        browser.open(server.address().resolve("/docs"));
        browser.await("document.querySelectorAll('.opblock').length === " + operations);
        assertThat(
                        browser.value(
                                        "document.querySelectorAll('.version-pragma, .errors-wrapper').length")
                                .asInt())
                .isZero();

        click(".btn.authorize");
        type(".auth-container input", TestServer.TOKEN);
        click(".auth-btn-wrapper .authorize");
        click(".auth-btn-wrapper .btn-done");
        click("#operations-CIs-listCis .opblock-summary-control");
        click("#operations-CIs-listCis .try-out__btn");
        click("#operations-CIs-listCis .execute");
        browser.await(
                "document.querySelector('#operations-CIs-listCis .live-responses-table"
                        + " .response .response-col_status')?.innerText.startsWith('200')");
        assertNothingFromElsewhere();
    }

    @Test
    void every_stream_is_shown() throws Exception {
        int operations =
                HttpJson.mapper().readTree(get("/asyncapi.json")).path("operations").size();

        browser.open(server.address().resolve("/docs/streams"));
        browser.await("document.querySelectorAll('#streams h1').length === 1");

        assertThat(browser.value("document.querySelectorAll('#streams article').length").asInt())
                .isEqualTo(operations);
        assertNothingFromElsewhere();
    }

    private static void assertNothingFromElsewhere() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(
                        address ->
                                address.startsWith(server.address() + "/")
                                        || address.startsWith("data:"));
    }

    private static void click(String selector) {
        browser.await("document.querySelector('" + selector + "')");
        browser.value("document.querySelector('" + selector + "').click()");
    }

    /** As a person types: the page listens to the event, not to the value. */
    private static void type(String selector, String text) {
        browser.await("document.querySelector('" + selector + "')");
        browser.value(
                """
                (() => {
                  const field = document.querySelector('%s');
                  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '%s');
                  field.dispatchEvent(new Event('input', { bubbles: true }));
                })()"""
                        .formatted(selector, text));
    }

    private static String get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
