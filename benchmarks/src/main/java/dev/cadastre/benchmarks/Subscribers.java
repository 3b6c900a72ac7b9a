package dev.cadastre.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients of a stream of JSON lines that do nothing but note when each line came. All lines are
 * consecutive, so the n-th line is known without being read.
 */
final class Subscribers implements AutoCloseable {

    private static final class Subscriber {
        private final Socket socket;
        private final long[] arrivals;
        private volatile int lines;

        private Subscriber(Socket socket, int kept) {
            this.socket = socket;
            this.arrivals = new long[kept];
        }

        private void read() {
            byte[] buffer = new byte[1 << 16];
            byte before = 0;
            try {
                InputStream in = socket.getInputStream();
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    long now = System.nanoTime();
                    int count = lines;
                    for (int i = 0; i < read; i++) {
                        byte one = buffer[i];
                        // What frames chunks ends otherwise.
                        if (one == '\n' && before == '}') {
                            if (count < arrivals.length) {
                                arrivals[count] = now;
                            }
                            count++;
                        }
                        before = one;
                    }
                    lines = count;
                }
            } catch (IOException whenClosed) {
                // The measurement is over.
            }
        }
    }

    private final List<Subscriber> subscribers = new ArrayList<>();

    /**
     * Connects.
     *
     * @param kept of how many lines the arrival is kept
     */
    Subscribers(URI target, String token, int number, int kept) throws IOException {
        for (int i = 0; i < number; i++) {
            Socket socket = new Socket(target.getHost(), target.getPort());
            socket.setTcpNoDelay(true);
            String request =
                    "GET %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\nAccept: application/x-ndjson\r\n\r\n"
                            .formatted(
                                    target.getRawPath()
                                            + (target.getRawQuery() == null
                                                    ? ""
                                                    : "?" + target.getRawQuery()),
                                    target.getHost(),
                                    target.getPort(),
                                    token);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            subscribers.add(new Subscriber(socket, kept));
        }
        subscribers.forEach(one -> Thread.ofVirtual().start(one::read));
    }

    /** Lines that came, to all together. */
    long lines() {
        return subscribers.stream().mapToLong(one -> one.lines).sum();
    }

    /** Lines that every one has. */
    int linesOfTheSlowest() {
        return subscribers.stream().mapToInt(one -> one.lines).min().orElse(0);
    }

    /** When a line came to each of them, as {@link System#nanoTime}. */
    long[] arrivals(int line) {
        return subscribers.stream().mapToLong(one -> one.arrivals[line]).toArray();
    }

    @Override
    public void close() throws IOException {
        for (Subscriber one : subscribers) {
            one.socket.close();
        }
    }
}
