package dev.cadastre.standalone.badinput;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends requests as they are: an HTTP client would refuse to send half of them. */
final class RawHttp {

    private final URI server;
    private final String token;

    RawHttp(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param head the status line and the headers
     */
    record Reply(int status, String head, String body) {

        boolean hasHeader(String line) {
            return head.lines().anyMatch(line::equalsIgnoreCase);
        }
    }

    Reply send(BadRequest request) throws IOException {
        return send(request.method(), request.target(), request.headers(), request.body());
    }

    Reply send(String method, String target, List<String> headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(server.getAuthority()).append("\r\n");
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
