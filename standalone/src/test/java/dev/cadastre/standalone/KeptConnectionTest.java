package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A connection serves one request after the other, however close they follow. */
class KeptConnectionTest {

    @TempDir static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The first is answered by another thread, so that the second one has to wait for it. */
    @RepeatedTest(20)
    void a_request_after_two_that_came_together_is_answered() throws Exception {
        try (Socket socket = new Socket(server.address().getHost(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            send(socket, request("/api/v1/cis") + request("/actuator/health"));
            assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("\"items\"");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("\"UP\"");

            send(socket, request("/actuator/health"));

            assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("\"UP\"");
        }
    }

    private static String request(String path) {
        return "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(path, server.address().getAuthority(), TestServer.TOKEN);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as(head.toString()).isNotNegative();
            head.append((char) next);
        }
        int length =
                head.toString()
                        .lines()
                        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                        .findFirst()
                        .orElse(0);
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
