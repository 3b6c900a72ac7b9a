package dev.cadastre.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Sends POST requests over a fixed number of kept-alive connections as fast as the server answers.
 * A bare HTTP/1.1 client, so that little of the two cores goes to the measuring side.
 */
final class HttpLoad {

    private final URI target;
    private final String token;

    HttpLoad(URI target, String token) {
        this.target = target;
        this.token = token;
    }

    /**
     * Requests answered per second.
     *
     * @param body the JSON body of request number n; every answer must have a status of 2xx
     */
    double requestsPerSecond(int connections, double seconds, LongFunction<String> body)
            throws Exception {
        AtomicLong number = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(
                        threads.submit(
                                () -> {
                                    drive(end, number, answered, body);
                                    return null;
                                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return answered.get() / ((System.nanoTime() - start) / 1e9);
    }

    private void drive(long end, AtomicLong number, AtomicLong answered, LongFunction<String> body)
            throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(target.getHost(), target.getPort()));
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end) {
                byte[] json = body.apply(number.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
                String head =
                        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                                .formatted(
                                        target.getRawPath(),
                                        target.getHost(),
                                        target.getPort(),
                                        token,
                                        json.length);
                byte[] request = new byte[head.length() + json.length];
                byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(headBytes, 0, request, 0, headBytes.length);
                System.arraycopy(json, 0, request, headBytes.length, json.length);
                out.write(request);
                expectSuccess(in);
                answered.incrementAndGet();
            }
        }
    }

    private static void expectSuccess(InputStream in) throws IOException {
        String status = line(in);
        int length = -1;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).trim());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                chunked = true;
            }
        }
        StringBuilder body = new StringBuilder();
        if (chunked) {
            for (int size = Integer.parseInt(line(in), 16);
                    size > 0;
                    size = Integer.parseInt(line(in), 16)) {
                body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
                line(in);
            }
            line(in);
        } else if (length > 0) {
            body.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        if (status.length() < 10 || status.charAt(9) != '2') {
            throw new IOException("answered " + status + " " + body);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
