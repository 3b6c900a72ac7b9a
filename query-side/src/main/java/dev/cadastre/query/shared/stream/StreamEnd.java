package dev.cadastre.query.shared.stream;

import java.util.Locale;

/** Why the server ends a stream that could have gone on. */
public enum StreamEnd {
    TOKEN_REVOKED("The token of this stream no longer opens the server."),
    SHUTDOWN("The server is stopping. Resume later from the last id."),
    UNAVAILABLE("The log or the register cannot be read now. Resume from the last id."),
    GONE("What this stream tells of is no longer there."),
    TOO_LARGE("The result has grown beyond what a stream carries. Ask for less."),
    FAILED("The server failed. Resume from the last id, and tell the operator.");

    private final String detail;

    StreamEnd(String detail) {
        this.detail = detail;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String detail() {
        return detail;
    }
}
