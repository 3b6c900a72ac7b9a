package dev.cadastre.command.imports.model;

/** The file cannot be read beyond a line: the run ends there, and what it committed stays. */
final class UnreadableFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final EndReason reason;
    private final long line;

    UnreadableFile(EndReason reason, long line, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.line = line;
    }

    EndReason reason() {
        return reason;
    }

    /** The number of the line at which reading stopped. */
    long line() {
        return line;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
