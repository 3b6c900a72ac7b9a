package dev.cadastre.standalone.answers;

import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.StandardOutput;
import dev.cadastre.standalone.terminal.Table;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Puts questions to a server, writes what it answers to standard output, and says on standard error
 * at which coordinates the answer holds.
 */
public final class Answers {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int LARGEST_PAGE = 1_000;

    private final ApiClient client;
    private final OutputFormat format;
    private final StandardOutput out = new StandardOutput();

    Answers(ApiClient client, OutputFormat format) {
        this.client = client;
        this.format = format;
    }

    /** What puts them. */
    public ApiClient client() {
        return client;
    }

    /** Where they are written. */
    public StandardOutput out() {
        return out;
    }

    /** Begins a table on standard output. */
    public Table table(String... headers) {
        return Table.on(out, List.of(headers));
    }

    /**
     * Writes an answer as it comes, unchanged but for a line end where it has none. No more of it
     * is held than a chunk, and the server makes it no faster than it is taken.
     */
    public void copy(ApiPath path) {
        HttpResponse<InputStream> response = client.open(path, format.mediaType());
        tellCoordinates(response.headers());
        byte[] chunk = new byte[CHUNK_BYTES];
        byte last = '\n';
        try (InputStream body = response.body()) {
            for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                out.write(chunk, 0, count);
                last = count == 0 ? last : chunk[count - 1];
            }
        } catch (IOException e) {
            throw ApiClient.brokeOff(e);
        }
        if (last != '\n') {
            out.write('\n');
        }
    }

    /** Reads an answer as a whole. */
    public JsonNode read(ApiPath path) {
        HttpResponse<InputStream> response = client.open(path, format.mediaType());
        JsonNode answer = ApiClient.json(response);
        JsonNode ends = answer.path("coordinates");
        if (ends.has("from")) {
            Console.message("From " + end(ends.path("from")) + " to " + end(ends.path("to")) + ".");
        } else {
            tellCoordinates(response.headers());
        }
        return answer;
    }

    /**
     * Reads the first items of a list, page by page, and says how many there are besides.
     *
     * @param most how many items are wanted, at least 1
     */
    public void items(ApiPath path, int most, Consumer<JsonNode> item) {
        items(path, most, _ -> {}, item);
    }

    /**
     * The same, where a page says more than what its items are.
     *
     * @param first takes the first page, before any of its items is told
     */
    public void items(ApiPath path, int most, Consumer<JsonNode> first, Consumer<JsonNode> item) {
        int left = most;
        JsonNode page = read(path.with("limit", Math.min(left, LARGEST_PAGE)));
        first.accept(page);
        while (true) {
            JsonNode items = page.path("items");
            items.forEach(item);
            left -= items.size();
            JsonNode next = page.path("next");
            // A page may be empty where the server has looked at much and found nothing yet.
            if (left <= 0 || !next.isString()) {
                break;
            }
            ApiPath following =
                    path.with("limit", Math.min(left, LARGEST_PAGE))
                            .with("cursor", next.stringValue());
            page = ApiClient.json(client.open(following, format.mediaType()));
        }
        tellRest(most - left, page);
    }

    /** Where nobody has counted, only whether there are more is told. */
    private static void tellRest(int shown, JsonNode page) {
        boolean counted = page.has("total");
        if (counted && shown < page.get("total").asLong()) {
            Console.message(
                    "%,d of %,d shown; --limit shows more.", shown, page.get("total").asLong());
        } else if (!counted && page.path("next").isString()) {
            Console.message("%,d shown; --limit shows more.", shown);
        } else if (shown == 0) {
            Console.message("There are none.");
        }
    }

    private static String end(JsonNode coordinates) {
        return "%s, known at %s (log position %s)"
                .formatted(
                        ValueText.of(coordinates.path("asOf")),
                        ValueText.of(coordinates.path("knownAt")),
                        ValueText.of(coordinates.path("logPosition")));
    }

    /** Shows an answer that was read as a table of its members, or writes it as it is. */
    public void show(JsonNode answer) {
        if (format == OutputFormat.TABLE) {
            try (Table table = table("", "")) {
                ThingTable.of(answer, table);
            }
        } else {
            line(answer.toString());
        }
    }

    /** Writes a line of an answer as it is, at once. */
    public void line(String line) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void tellCoordinates(HttpHeaders headers) {
        headers.firstValue("As-Of")
                .ifPresent(
                        asOf -> {
                            boolean lasting =
                                    headers.firstValue("Cache-Control")
                                            .orElse("")
                                            .contains("immutable");
                            Console.message(
                                    "As of %s, known at %s (log position %s)%s.%s",
                                    asOf,
                                    headers.firstValue("Known-At").orElse("?"),
                                    headers.firstValue("Log-Position").orElse("?"),
                                    lasting ? ", final" : "",
                                    headers.firstValue("Cadastre-Demo").isPresent()
                                            ? " Fictional data."
                                            : "");
                        });
        headers.firstValue("Log-Begins")
                .ifPresent(
                        begins ->
                                Console.message(
                                        "Nothing was known by then: the log begins at %s.",
                                        begins));
    }
}
