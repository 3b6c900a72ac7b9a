package dev.cadastre.standalone.terminal;

import java.util.Locale;

/** How a command writes its result. */
public enum OutputFormat {
    /** For people. */
    TABLE("application/json"),
    /** As the server answers: one document. */
    JSON("application/json"),
    /** As the server answers: one object a line. */
    NDJSON("application/x-ndjson"),
    /** As the server answers: one row a line (RFC 4180). */
    CSV("text/csv");

    private final String mediaType;

    OutputFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** What the server is asked for. */
    public String mediaType() {
        return mediaType;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
