package dev.cadastre.standalone.client;

/** Ends a command with exit status 1; the message says to the operator what to do. */
public final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandRefused(String message) {
        super(message);
    }

    public CommandRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
