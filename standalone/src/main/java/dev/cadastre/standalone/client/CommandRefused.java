package dev.cadastre.standalone.client;

import java.io.IOException;

/** Ends a command with exit status 1; the message says to the operator what to do. */
public final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_FAILED = 500;

    private final boolean passing;

    public CommandRefused(String message) {
        super(message);
        this.passing = false;
    }

    /** Refused by the server, with this status of HTTP. */
    CommandRefused(String message, int status) {
        super(message);
        this.passing = status == TOO_MANY_REQUESTS || status >= SERVER_FAILED;
    }

    public CommandRefused(String message, Throwable cause) {
        super(message, cause);
        this.passing = cause instanceof IOException;
    }

    /** Whether the same may succeed later, because the server or the way to it was not there. */
    public boolean isPassing() {
        return passing;
    }
}
