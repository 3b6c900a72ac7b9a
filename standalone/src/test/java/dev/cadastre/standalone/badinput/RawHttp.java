package dev.cadastre.standalone.badinput;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends requests as they are: an HTTP client would refuse to send half of them. */
public final class RawHttp {

    private final URI server;
    private final String token;

    public RawHttp(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param head the status line and the headers
     */
    public record Reply(int status, String head, String body) {

        public boolean hasHeader(String line) {
            return head.lines().anyMatch(line::equalsIgnoreCase);
        }

        /** By name in lower case. */
        public Map<String, String> headers() {
            return head.lines()
                    .skip(1)
                    .map(line -> line.split(": ", 2))
                    .collect(
                            Collectors.toMap(
                                    line -> line[0].toLowerCase(Locale.ROOT), line -> line[1]));
        }
    }

    Reply send(BadRequest request) throws IOException {
        return send(request.method(), request.target(), request.headers(), request.body());
    }

    /**
     * Sends a request as this server's administrator, unless the headers say otherwise.
     *
     * @param headers lines without their line ends
     */
    public Reply send(String method, String target, List<String> headers, byte[] body)
            throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
            head.append("Host: ").append(server.getAuthority()).append("\r\n");
        }
        if (headers.stream().noneMatch(line -> line.startsWith("Authorization:"))) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        head.append("Connection: close\r\n");
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        headers.forEach(line -> head.append(line).append("\r\n"));
        head.append("\r\n");
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            try {
                out.write(head.toString().getBytes(StandardCharsets.UTF_8));
                out.write(body);
                out.flush();
            } catch (IOException refusedBeforeItsEnd) {
                // The answer is there all the same, and says why.
            }
            return reply(socket.getInputStream().readAllBytes());
        }
    }

    private static Reply reply(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no answer but \"" + text + "\"");
        }
        String head = text.substring(0, end);
        int status = Integer.parseInt(head.split(" ", 3)[1]);
        return new Reply(status, head, text.substring(end + 4));
    }
}
