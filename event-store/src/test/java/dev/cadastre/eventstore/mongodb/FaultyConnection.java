package dev.cadastre.eventstore.mongodb;

import com.mongodb.ConnectionString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a driver and a server, and passes bytes on until it is told to do otherwise.
 * Nothing but bytes: what a fault means is for the driver to find out.
 */
public final class FaultyConnection implements AutoCloseable {

    /** What happens to the network. */
    public enum Fault {
        /** Bytes pass both ways. */
        NONE,
        /** Connections are refused, and open ones end. */
        DOWN,
        /** What the driver sends arrives, but connections end before the answer does. */
        ANSWERS_LOST,
        /** Nothing passes, and no connection ends. */
        SILENT
    }

    private final String host;
    private final int port;
    private final String database;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answersLost = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    /**
     * @param uri connection string of one server without options
     */
    public FaultyConnection(String uri) throws IOException {
        ConnectionString parsed = new ConnectionString(uri);
        String[] address = parsed.getHosts().getFirst().split(":");
        host = address[0];
        port = Integer.parseInt(address[1]);
        database = parsed.getDatabase();
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("faulty-connection").start(this::accept);
    }

    /** The connection string that leads through here. */
    public String uri() {
        return "mongodb://127.0.0.1:" + listener.getLocalPort() + "/" + database;
    }

    /** Changes what happens from now on; open connections end, except where there is silence. */
    public void set(Fault next) {
        fault = next;
        if (next == Fault.DOWN) {
            sockets.forEach(FaultyConnection::end);
        }
    }

    /** How many answers were lost so far. */
    public int answersLost() {
        return answersLost.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket driver = listener.accept();
                if (fault == Fault.DOWN) {
                    end(driver);
                    continue;
                }
                Socket server = new Socket();
                server.connect(new InetSocketAddress(host, port));
                driver.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(driver);
                sockets.add(server);
                pass(driver, server, false);
                pass(server, driver, true);
            } catch (IOException e) {
                // The listener was closed, or a connection did not come about: the driver sees it.
            }
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            byte[] buffer = new byte[64 << 10];
                            try (InputStream in = from.getInputStream();
                                    OutputStream out = to.getOutputStream()) {
                                int length;
                                while ((length = in.read(buffer)) >= 0) {
                                    if (answers && fault == Fault.ANSWERS_LOST) {
                                        answersLost.incrementAndGet();
                                        break;
                                    }
                                    if (fault != Fault.SILENT) {
                                        out.write(buffer, 0, length);
                                        out.flush();
                                    }
                                }
                            } catch (IOException e) {
                                // One side has gone; the other is told below.
                            } finally {
                                end(from);
                                end(to);
                            }
                        });
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(FaultyConnection::end);
    }
}
