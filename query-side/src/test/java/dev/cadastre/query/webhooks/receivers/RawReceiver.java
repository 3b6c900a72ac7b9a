package dev.cadastre.query.webhooks.receivers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does with each connection what it is told, whatever HTTP says. */
public final class RawReceiver implements AutoCloseable {

    /** What is done with a connection; that the other side cuts it off is no surprise. */
    @FunctionalInterface
    public interface Conduct {
        void with(Socket connection) throws IOException;
    }

    private final ServerSocket server;
    private final Conduct conduct;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    private RawReceiver(ServerSocket server, Conduct conduct) {
        this.server = server;
        this.conduct = conduct;
    }

    public static RawReceiver start(Conduct conduct) throws IOException {
        RawReceiver receiver =
                new RawReceiver(
                        new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), conduct);
        Thread.ofVirtual().start(receiver::accept);
        return receiver;
    }

    /** Reads what comes and never answers; ends when the other side hangs up. */
    public static Conduct silence() {
        return connection -> connection.getInputStream().transferTo(nowhere());
    }

    /** Reads the head of the request and what else has come with it. */
    public static void readRequest(Socket connection) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int next = connection.getInputStream().read();
            if (next < 0) {
                throw new IOException("nothing came");
            }
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        connection.getInputStream().skip(connection.getInputStream().available());
    }

    private static OutputStream nowhere() {
        return OutputStream.nullOutputStream();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                accepted.incrementAndGet();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            conduct.with(connection);
        } catch (IOException e) {
            // Cut off by the other side, which is what most tests are after.
        } finally {
            open.remove(connection);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/in";
    }

    public int accepted() {
        return accepted.get();
    }

    /** How many connections are still served. */
    public int open() {
        return open.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
