package dev.cadastre.standalone.client;

import java.util.Locale;

/**
 * Shows how far something is, on standard error: one line that is rewritten on a terminal, else a
 * line each tenth.
 */
public final class Progress {

    private static final int WIDTH = 30;

    private final String what;
    private final long total;
    private final boolean interactive = Console.isInteractive();
    private final long began = System.nanoTime();
    private long shownAt = began;
    private int shownTenth;

    /**
     * @param what what is counted, for example {@code bytes}
     * @param total how much there is, 0 if unknown
     */
    public Progress(String what, long total) {
        this.what = what;
        this.total = total;
    }

    public synchronized void at(long done) {
        long now = System.nanoTime();
        if (interactive) {
            if (now - shownAt > 100_000_000L) {
                shownAt = now;
                System.err.print("\r" + line(done) + "\u001b[K");
                System.err.flush();
            }
        } else if (total > 0 && done * 10 / total > shownTenth) {
            shownTenth = (int) (done * 10 / total);
            Console.message(line(done));
        }
    }

    /** Ends the line. */
    public synchronized void end(String message) {
        if (interactive) {
            System.err.print("\r\u001b[K");
        }
        Console.message(
                String.format(
                        Locale.ROOT, "%s (%.1f s)", message, (System.nanoTime() - began) / 1e9));
    }

    private String line(long done) {
        if (total <= 0) {
            return String.format(Locale.ROOT, "%,d %s", done, what);
        }
        int filled = (int) Math.min(WIDTH, done * WIDTH / total);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %,d of %,d %s",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                Math.min(100, done * 100 / total),
                done,
                total,
                what);
    }
}
