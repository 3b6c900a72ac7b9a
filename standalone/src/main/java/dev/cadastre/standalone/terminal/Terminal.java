package dev.cadastre.standalone.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The terminal before which somebody may sit. */
public final class Terminal {

    private static final int NARROWEST = 40;

    private Terminal() {}

    /** How many columns a table may take; without a terminal, as many as it needs. */
    public static int columns() {
        String told = System.getenv("COLUMNS");
        if (System.console() == null || !System.console().isTerminal()) {
            return Integer.MAX_VALUE;
        }
        return Math.max(NARROWEST, told == null ? asked() : number(told));
    }

    /** Java does not know; the system's own program does. */
    private static int asked() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String size =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            stty.waitFor(1, TimeUnit.SECONDS);
            return number(size.strip().replaceFirst("^\\d+ ", ""));
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Integer.MAX_VALUE;
        }
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number > 0 ? number : Integer.MAX_VALUE;
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
