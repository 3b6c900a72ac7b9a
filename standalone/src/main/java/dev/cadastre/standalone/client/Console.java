package dev.cadastre.standalone.client;

import java.io.PrintStream;
import java.util.Locale;

/** Results go to standard output; progress and messages, the token too, to standard error. */
public final class Console {

    private Console() {}

    /** A result: what a program that called this one reads. */
    public static void result(String line) {
        PrintStream out = System.out;
        out.println(line);
        out.flush();
    }

    /** A message to whoever sits before the terminal. */
    public static void message(String line) {
        System.err.println(line);
    }

    /** A message as {@link String#format} makes it. */
    public static void message(String format, Object... arguments) {
        message(String.format(Locale.ROOT, format, arguments));
    }

    /** Whether somebody sits before a terminal and sees a line being rewritten. */
    public static boolean isInteractive() {
        return System.console() != null && System.console().isTerminal();
    }
}
