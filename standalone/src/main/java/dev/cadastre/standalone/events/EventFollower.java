package dev.cadastre.standalone.events;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.terminal.OutputFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a stream of events and passes them on, each once and in order of position. A connection
 * that is lost is made again from the last position seen, for as long as it takes.
 */
final class EventFollower {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** The server says every 15 seconds that it is there. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(50);

    /** Why a stream was ended that would be ended again. */
    private static final Set<String> LASTING = Set.of("token-revoked", "gone", "too-large");

    private final ApiClient client;
    private final ApiPath path;
    private final EventSink sink;
    private volatile long position;
    private Duration wait = FIRST_WAIT;

    /** Takes events. */
    interface EventSink {
        /**
         * @param line the event as the server wrote it
         * @param event the same, read
         */
        void accept(String line, JsonNode event);
    }

    /**
     * @param after the position after which to begin
     */
    EventFollower(ApiClient client, ApiPath path, long after, EventSink sink) {
        this.client = client;
        this.path = path;
        this.position = after;
        this.sink = sink;
    }

    /** The last position up to which everything was passed on. */
    long position() {
        return position;
    }

    /**
     * Passes events on until the stream ends, if it does.
     *
     * @param follow whether the stream goes on for ever
     * @throws CommandRefused if the server refuses for good
     */
    void run(boolean follow) {
        boolean connected = false;
        while (true) {
            CommandRefused lost;
            try {
                HttpResponse<InputStream> response = open();
                connected = true;
                lost = read(response);
                if (lost == null && !follow) {
                    return;
                }
            } catch (CommandRefused e) {
                // What was never there is not waited for: the address is probably wrong.
                if (!connected || !e.isPassing()) {
                    throw e;
                }
                lost = e;
            }
            pause(lost == null ? "The server ended the stream." : lost.getMessage());
        }
    }

    private HttpResponse<InputStream> open() {
        return client.open(
                path,
                OutputFormat.NDJSON.mediaType(),
                Map.of("Last-Event-ID", Long.toString(position)));
    }

    /** Returns why reading ended before the stream did, or null where the stream ended. */
    private @Nullable CommandRefused read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body();
                SilenceWatch watch = SilenceWatch.over(body, LONGEST_SILENCE)) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                watch.heard();
                if (!line.isEmpty()) {
                    pass(line);
                }
            }
            return null;
        } catch (IOException | JacksonException e) {
            return ApiClient.brokeOff(e);
        }
    }

    private void pass(String line) {
        JsonNode message = HttpJson.mapper().readTree(line);
        JsonNode end = message.path("end");
        if (end.isObject()) {
            String detail = end.path("detail").asString("");
            if (LASTING.contains(end.path("reason").asString(""))) {
                throw new CommandRefused("The server ended the stream: " + detail);
            }
            Console.message("The server ended the stream: " + detail);
            return;
        }
        if (message.has("type")) {
            sink.accept(line, message);
        }
        position = message.path("position").asLong(position);
        wait = FIRST_WAIT;
    }

    private void pause(String why) {
        Console.message(why);
        Console.message("Trying again in " + wait.toSeconds() + " s, after position " + position);
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandRefused("Interrupted.", e);
        }
        Duration longer = wait.multipliedBy(2);
        wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    }
}
