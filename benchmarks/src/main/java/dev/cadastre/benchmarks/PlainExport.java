package dev.cadastre.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The limit of an export: writes bytes that lie in memory to whoever asks, and does nothing else.
 * The path of a request names a file of a directory.
 */
public final class PlainExport {

    private PlainExport() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Map<String, byte[]> files = new HashMap<>();
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            System.out.println("ready http://127.0.0.1:" + server.getLocalPort());
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.setTcpNoDelay(true);
                    String name = requested(socket.getInputStream());
                    byte[] file = files.get(name);
                    if (file == null) {
                        file = Files.readAllBytes(directory.resolve(name));
                        files.put(name, file);
                    }
                    answer(file, socket.getOutputStream());
                }
            }
        }
    }

    private static String requested(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.substring(head.indexOf("/") + 1, head.indexOf(" HTTP/"));
    }

    private static void answer(byte[] file, OutputStream out) throws IOException {
        String head =
                "HTTP/1.1 200 OK\r\nContent-Length: "
                        + file.length
                        + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(file);
    }
}
