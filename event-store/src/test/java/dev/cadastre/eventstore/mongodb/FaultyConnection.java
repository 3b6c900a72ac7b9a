package dev.cadastre.eventstore.mongodb;

import com.mongodb.ConnectionString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

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
        /** The same for commits alone: everything else passes. */
        COMMITS_UNANSWERED,
        /** Bytes pass, but answers come {@link #DELAY_MILLIS} late. */
        SLOW,
        /** Nothing passes, and no connection ends. */
        SILENT
    }

    /** How late answers are when the network is slow. */
    public static final int DELAY_MILLIS = 300;

    /** How the insertion of a commit begins: the command, and the name of the collection. */
    private static final byte[] COMMIT =
            "insert\0\4\0\0\0log\0".getBytes(StandardCharsets.US_ASCII);

    private final String host;
    private final int port;
    private final String uri;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answersLost = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    /**
     * @param uri connection string of one server
     */
    public FaultyConnection(String uri) throws IOException {
        ConnectionString parsed = new ConnectionString(uri);
        String[] address = parsed.getHosts().getFirst().split(":");
        host = address[0];
        port = Integer.parseInt(address[1]);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.uri = uri.replace(host + ":" + port, "127.0.0.1:" + listener.getLocalPort());
        Thread.ofPlatform().daemon().name("faulty-connection").start(this::accept);
    }

    /** The connection string that leads through here, for the same user and database. */
    public String uri() {
        return uri;
    }

    /** Changes what happens from now on; open connections end, except where there is silence. */
    public void set(Fault next) {
        fault = next;
        if (next == Fault.DOWN) {
            sockets.forEach(FaultyConnection::end);
        }
    }

    /** How many answers were lost so far, all faults together. */
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
                AtomicBoolean committing = new AtomicBoolean();
                pass(driver, server, bytes -> isLookedAt(bytes, committing));
                pass(server, driver, _ -> isAnswered(committing));
            } catch (IOException e) {
                // The listener was closed, or a connection did not come about: the driver sees it.
            }
        }
    }

    private boolean isLookedAt(ByteBuffer request, AtomicBoolean committing) {
        if (fault == Fault.COMMITS_UNANSWERED && contains(request, COMMIT)) {
            committing.set(true);
        }
        return true;
    }

    private static boolean contains(ByteBuffer bytes, byte[] part) {
        for (int i = 0; i <= bytes.remaining() - part.length; i++) {
            if (bytes.slice(i, part.length).equals(ByteBuffer.wrap(part))) {
                return true;
            }
        }
        return false;
    }

    private boolean isAnswered(AtomicBoolean committing) {
        if (fault == Fault.ANSWERS_LOST || fault == Fault.COMMITS_UNANSWERED && committing.get()) {
            answersLost.incrementAndGet();
            return false;
        }
        if (fault == Fault.SLOW) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS));
        }
        return true;
    }

    /**
     * @param passes looks at bytes before they go on; the connection ends where they do not
     */
    private void pass(Socket from, Socket to, Predicate<ByteBuffer> passes) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            byte[] buffer = new byte[64 << 10];
                            try (InputStream in = from.getInputStream();
                                    OutputStream out = to.getOutputStream()) {
                                int length;
                                while ((length = in.read(buffer)) >= 0
                                        && passes.test(ByteBuffer.wrap(buffer, 0, length))) {
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
