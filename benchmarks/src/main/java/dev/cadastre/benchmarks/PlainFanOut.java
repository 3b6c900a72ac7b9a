package dev.cadastre.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The limit of a fan-out: writes the same bytes to so many sockets in turn, for as long as anybody
 * reads, and does nothing else.
 */
public final class PlainFanOut {

    private PlainFanOut() {}

    public static void main(String[] arguments) throws IOException {
        byte[] lines = Files.readAllBytes(Path.of(arguments[0]));
        int subscribers = Integer.parseInt(arguments[1]);
        try (ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress())) {
            System.out.println("ready http://127.0.0.1:" + server.getLocalPort());
            while (true) {
                List<Socket> sockets = new ArrayList<>();
                while (sockets.size() < subscribers) {
                    sockets.add(accept(server));
                }
                try {
                    while (true) {
                        for (Socket socket : sockets) {
                            socket.getOutputStream().write(lines);
                        }
                    }
                } catch (IOException whenTheyGo) {
                    for (Socket socket : sockets) {
                        socket.close();
                    }
                }
            }
        }
    }

    private static Socket accept(ServerSocket server) throws IOException {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        int matched = 0;
        while (matched < 4) {
            int read = socket.getInputStream().read();
            matched = read == "\r\n\r\n".charAt(matched) ? matched + 1 : read == '\r' ? 1 : 0;
        }
        socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
