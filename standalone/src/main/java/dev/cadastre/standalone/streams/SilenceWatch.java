package dev.cadastre.standalone.streams;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream on which nothing was heard for too long, so that whoever reads it wakes up. */
final class SilenceWatch implements AutoCloseable {

    private final Thread thread;
    private volatile long heardAt = System.nanoTime();

    private SilenceWatch(InputStream stream, Duration longest) {
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("silence")
                        .unstarted(() -> watch(stream, longest));
    }

    static SilenceWatch over(InputStream stream, Duration longest) {
        SilenceWatch watch = new SilenceWatch(stream, longest);
        watch.thread.start();
        return watch;
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    private void watch(InputStream stream, Duration longest) {
        try {
            Duration left = longest;
            while (left.isPositive()) {
                Thread.sleep(left);
                left = longest.minusNanos(System.nanoTime() - heardAt);
            }
            stream.close();
        } catch (InterruptedException | IOException e) {
            // Nobody reads the stream any more.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
