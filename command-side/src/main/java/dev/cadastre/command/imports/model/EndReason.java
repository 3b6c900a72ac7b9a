package dev.cadastre.command.imports.model;

/** Why a run ended before the end of its file. */
public enum EndReason {
    /** The file is not what its profile says: broken JSON, a gap in the numbering, broken gzip. */
    MALFORMED,
    /** A line, or the file once expanded, is larger than allowed. */
    TOO_LARGE,
    /** The sender stopped sending. */
    ABORTED,
    /** The log could not take a change; the same file may be sent again later. */
    UNAVAILABLE,
    /** The server failed. */
    FAILED
}
