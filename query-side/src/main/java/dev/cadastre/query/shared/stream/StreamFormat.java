package dev.cadastre.query.shared.stream;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.shared.http.Preferred;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * How a stream reads. In both formats a message is one line of JSON that is complete by itself;
 * server-sent events tell its id and its kind once more, for the browser's {@code EventSource}.
 */
public enum StreamFormat {
    /** Server-sent events (HTML Living Standard, section 9.2). */
    SSE(MediaType.TEXT_EVENT_STREAM),
    /** One JSON object a line; an empty line says that the server is there. */
    NDJSON(MediaType.APPLICATION_NDJSON);

    private static final byte[] DATA = ascii("data: ");
    private static final byte[] RETRY = ascii("retry: 2000\n\n");
    private static final byte[] COMMENT = ascii(":\n\n");
    private static final byte[] EMPTY_LINE = ascii("\n");

    private final MediaType type;

    StreamFormat(MediaType type) {
        this.type = type;
    }

    public MediaType type() {
        return type;
    }

    /** The format that the caller likes best; server-sent events where nothing is said. */
    public static StreamFormat of(ServerRequest request) {
        return Preferred.of(request, List.of(values()), StreamFormat::type)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.NOT_ACCEPTABLE,
                                        "A stream comes as text/event-stream or as"
                                                + " application/x-ndjson."));
    }

    /**
     * Writes a message.
     *
     * @param id what {@code Last-Event-ID} may name later, without line breaks; null for none
     * @param event what kind of message it is; null for the usual one
     * @param json one object; line breaks outside its texts become spaces
     */
    public void write(
            ByteArrayOutputStream out, @Nullable String id, @Nullable String event, byte[] json) {
        if (this == SSE) {
            if (id != null) {
                out.writeBytes(("id: " + id + "\n").getBytes(StandardCharsets.UTF_8));
            }
            if (event != null) {
                out.writeBytes(("event: " + event + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.writeBytes(DATA);
        }
        out.writeBytes(onOneLine(json));
        out.writeBytes(this == SSE ? ascii("\n\n") : EMPTY_LINE);
    }

    /** Within a JSON text a line break is written as an escape: those outside become spaces. */
    private static byte[] onOneLine(byte[] json) {
        byte[] line = json;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                line = line == json ? json.clone() : line;
                line[i] = ' ';
            }
        }
        return line;
    }

    /** {@link #write} to bytes of its own. */
    public byte[] message(@Nullable String id, @Nullable String event, byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 64);
        write(out, id, event, json);
        return out.toByteArray();
    }

    /** What is sent first, so that the caller sees at once that the stream is open. */
    byte[] opening() {
        return this == SSE ? RETRY : EMPTY_LINE;
    }

    /** What is sent when nothing else is, so that both ends notice when the other has gone. */
    byte[] heartbeat() {
        return this == SSE ? COMMENT : EMPTY_LINE;
    }

    /** The last message of a stream that the server ends. */
    byte[] end(StreamEnd why) {
        String json = "{\"reason\":\"" + why.word() + "\",\"detail\":\"" + why.detail() + "\"}";
        return this == SSE
                ? ascii("event: end\ndata: " + json + "\n\n")
                : ascii("{\"end\":" + json + "}\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
