package dev.cadastre.query.shared.stream;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of a stream on a bare socket, so that a test decides when something is read, and when
 * the connection goes.
 */
public final class StreamClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;
    private final String status;
    private final Map<String, String> headers = new HashMap<>();
    private String chunk = "";
    private int at;
    private boolean ended;

    private StreamClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1),
                        1 << 12);
        this.status = in.readLine();
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    /**
     * Asks, and reads the head of the answer.
     *
     * @param headers names and values in turn
     */
    public static StreamClient open(int port, String token, String path, String... headers)
            throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        request.append("Host: 127.0.0.1:").append(port).append("\r\n");
        request.append("Authorization: Bearer ").append(token).append("\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        request.append("\r\n");
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        return new StreamClient(socket);
    }

    public int status() {
        return Integer.parseInt(status.split(" ")[1]);
    }

    /** A header of the answer, or the empty text. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The body of an answer that is not a stream. */
    public String body() throws IOException {
        int length = Integer.parseInt(headers.get("content-length"));
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            read += in.read(body, read, length - read);
        }
        return utf8(new String(body));
    }

    /** Takes so many bytes of the body as they come, with the lengths of its chunks between. */
    public void take(int bytes) throws IOException {
        for (int left = bytes; left > 0; left--) {
            if (in.read() < 0) {
                throw new EOFException("the body has ended");
            }
        }
    }

    /** The next line of the body; null once the server has ended the stream. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (at == chunk.length() && !nextChunk()) {
                return line.isEmpty() ? null : utf8(line.toString());
            }
            int end = chunk.indexOf('\n', at);
            if (end >= 0) {
                line.append(chunk, at, end);
                at = end + 1;
                return utf8(line.toString());
            }
            line.append(chunk, at, chunk.length());
            at = chunk.length();
        }
    }

    /** The next line that is not empty and no comment; null at the end. */
    public String content() throws IOException {
        String line = line();
        while (line != null && (line.isEmpty() || line.startsWith(":") || isRetry(line))) {
            line = line();
        }
        return line;
    }

    /** The fields of the next server-sent event, {@code name: value} each; null at the end. */
    public List<String> event() throws IOException {
        String line = content();
        if (line == null) {
            return null;
        }
        List<String> fields = new ArrayList<>();
        while (line != null && !line.isEmpty()) {
            fields.add(line);
            line = line();
        }
        return fields;
    }

    private static boolean isRetry(String line) {
        return line.startsWith("retry:");
    }

    private boolean nextChunk() throws IOException {
        if (ended) {
            return false;
        }
        String size = in.readLine();
        int length = size == null ? 0 : Integer.parseInt(size, 16);
        if (length == 0) {
            ended = true;
            return false;
        }
        char[] text = new char[length];
        int read = 0;
        while (read < length) {
            int more = in.read(text, read, length - read);
            if (more < 0) {
                ended = true;
                return false;
            }
            read += more;
        }
        in.readLine();
        chunk = new String(text);
        at = 0;
        return true;
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Goes without a word. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
