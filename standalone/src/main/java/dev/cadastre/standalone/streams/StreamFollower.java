package dev.cadastre.standalone.streams;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a stream and passes its messages on, each once and in their order. A connection that is
 * lost is made again after the last message seen, for as long as it takes.
 */
final class StreamFollower {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** The server says every 15 seconds that it is there. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(50);

    /** Why a stream was ended that would be ended again. */
    private static final Set<String> LASTING = Set.of("token-revoked", "gone", "too-large");

    private final ApiClient client;
    private final ApiPath path;
    private final String idMember;
    private final MessageSink sink;
    private volatile @Nullable String last;
    private Duration wait = FIRST_WAIT;

    /** Takes messages. */
    interface MessageSink {

        /** Is told, before the first message, that the server has accepted. */
        default void accepted() {}

        /**
         * @param line the message as the server wrote it
         * @param message the same, read
         */
        void accept(String line, JsonNode message);
    }

    /**
     * @param idMember the member of a message by which the stream goes on after it
     * @param after the id after which to begin; null for where the path says
     */
    StreamFollower(
            ApiClient client,
            ApiPath path,
            String idMember,
            @Nullable String after,
            MessageSink sink) {
        this.client = client;
        this.path = path;
        this.idMember = idMember;
        this.last = after;
        this.sink = sink;
    }

    /**
     * Passes messages on until the stream ends, if it does. Whoever ends the process meanwhile is
     * told how to go on.
     *
     * @param endless whether the stream never ends of itself
     * @throws CommandRefused if the server refuses for good
     */
    void run(boolean endless) {
        Thread farewell = new Thread(this::sayHowToGoOn, "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            follow(endless);
        } finally {
            forget(farewell);
        }
    }

    private void sayHowToGoOn() {
        String seen = last;
        if (seen != null) {
            Console.message("Ended; go on with --after " + seen);
        }
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException alreadyStopping) {
            // Then it is being said.
        }
    }

    private void follow(boolean endless) {
        boolean connected = false;
        while (true) {
            String why = "The server ended the stream.";
            try {
                HttpResponse<InputStream> response = open();
                if (!connected) {
                    sink.accepted();
                }
                connected = true;
                CommandRefused lost = read(response);
                if (lost == null && !endless) {
                    return;
                }
                why = lost == null ? why : lost.getMessage();
            } catch (CommandRefused e) {
                // What was never there is not waited for: the address is probably wrong.
                if (!connected || !e.isPassing()) {
                    throw e;
                }
                why = e.getMessage();
            }
            pause(why);
        }
    }

    private HttpResponse<InputStream> open() {
        return client.open(path.with("after", last), OutputFormat.NDJSON.mediaType());
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
                    JsonNode message = HttpJson.mapper().readTree(line);
                    if (message.path("end").isObject()) {
                        return ended(message.path("end"));
                    }
                    sink.accept(line, message);
                    if (message.has(idMember)) {
                        last = message.get(idMember).asString();
                    }
                    wait = FIRST_WAIT;
                }
            }
            return null;
        } catch (IOException | JacksonException e) {
            return ApiClient.brokeOff(e);
        }
    }

    /** Why the server ended a stream that could have gone on. */
    private static CommandRefused ended(JsonNode end) {
        CommandRefused why =
                new CommandRefused(
                        "The server ended the stream: " + end.path("detail").asString(""));
        if (LASTING.contains(end.path("reason").asString(""))) {
            throw why;
        }
        return why;
    }

    private void pause(String why) {
        Console.message(why);
        Console.message("Trying again in " + wait.toSeconds() + " s, after " + last + ".");
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
