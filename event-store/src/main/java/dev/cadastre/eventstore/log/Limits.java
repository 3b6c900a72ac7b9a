package dev.cadastre.eventstore.log;

/** The bounds of the log. */
public final class Limits {

    /** The largest envelope, in bytes: it is also an entry of a tile, whose length is 16 bits. */
    public static final int ENVELOPE_BYTES = 65_535;

    /** The longest stream id, in bytes of UTF-8: 300 characters of four bytes, and a kind. */
    public static final int STREAM_BYTES = 1_300;

    /** The largest change set, in events. */
    public static final int CHANGE_SET_EVENTS = 25_000;

    /** The largest change set, in bytes of payload and metadata: 64 MiB. */
    public static final long CHANGE_SET_BYTES = 64L << 20;

    /** The writer adds no further change set to a commit that holds this many events. */
    public static final int COMMIT_EVENTS = 1_000;

    /** The writer adds no further change set to a commit that holds this many bytes: 1 MiB. */
    public static final long COMMIT_BYTES = 1L << 20;

    private Limits() {}
}
