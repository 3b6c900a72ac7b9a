package dev.cadastre.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Sends POST requests over a fixed number of connections as fast as the server answers. */
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
        try (KeptConnection connection = new KeptConnection(target, token)) {
            while (System.nanoTime() < end) {
                connection.post(body.apply(number.getAndIncrement()));
                answered.incrementAndGet();
            }
        }
    }
}
