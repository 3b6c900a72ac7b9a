package dev.cadastre.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;

/**
 * Processor time of the calling thread per operation: on a shared machine steadier than the clock
 * on the wall.
 */
final class CpuTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuTime() {}

    /** Milliseconds per operation, repeated for about the given time after a warm-up as long. */
    static double millisecondsEach(double seconds, Callable<?> operation) throws Exception {
        repeat(seconds, operation);
        return repeat(seconds, operation);
    }

    private static double repeat(double seconds, Callable<?> operation) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long began = THREADS.getCurrentThreadCpuTime();
        long operations = 0;
        int kept = 0;
        do {
            kept += operation.call().hashCode();
            operations++;
        } while (System.nanoTime() < end);
        sink = kept;
        return (THREADS.getCurrentThreadCpuTime() - began) / 1e6 / operations;
    }

    /** What the calling thread has used so far. */
    static long nanoseconds() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Keeps results alive, so that the compiler cannot leave the work out. */
    private static volatile int sink;

    static int sink() {
        return sink;
    }
}
