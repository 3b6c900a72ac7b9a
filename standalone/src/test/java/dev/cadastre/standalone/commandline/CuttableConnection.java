package dev.cadastre.standalone.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can be cut while it is used. */
final class CuttableConnection implements AutoCloseable {

    private final ServerSocket entrance;
    private final URI server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private CuttableConnection(ServerSocket entrance, URI server) {
        this.entrance = entrance;
        this.server = server;
    }

    static CuttableConnection to(URI server) throws IOException {
        var connection =
                new CuttableConnection(
                        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Thread.ofVirtual().start(connection::accept);
        return connection;
    }

    /** What the client takes for the server's. */
    URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /** Breaks what is open; new connections can be made. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket there = new Socket(server.getHost(), server.getPort());
                sockets.add(client);
                sockets.add(there);
                Thread.ofVirtual().start(() -> pass(client, there));
                Thread.ofVirtual().start(() -> pass(there, client));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // Cut.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
