package dev.cadastre.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.ConcurrentHistogram;

/** So many callers, each waiting for its own answer before it asks again. */
final class Callers {

    /** One request of one caller; returns when it is answered. */
    @FunctionalInterface
    interface Request {
        void send(int caller, long number) throws Exception;
    }

    /** Requests per second and how long they took. */
    record Answered(double perSecond, double medianMilliseconds, double slowestHundredth) {}

    private Callers() {}

    static Answered drive(int callers, double seconds, Request request) throws Exception {
        ConcurrentHistogram latencies = new ConcurrentHistogram(60_000_000_000L, 3);
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int caller = i;
                running.add(
                        threads.submit(
                                () -> {
                                    for (long n = 0; System.nanoTime() < end; n++) {
                                        long sent = System.nanoTime();
                                        request.send(caller, n);
                                        latencies.recordValue(System.nanoTime() - sent);
                                    }
                                    return null;
                                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        double took = (System.nanoTime() - began) / 1e9;
        return new Answered(
                latencies.getTotalCount() / took,
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6);
    }
}
