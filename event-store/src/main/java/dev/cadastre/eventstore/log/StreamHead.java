package dev.cadastre.eventstore.log;

/**
 * The end of a stream.
 *
 * @param nextSequenceNumber number of its events
 * @param lastPosition position of its last event; -1 if it has none
 */
public record StreamHead(long nextSequenceNumber, long lastPosition) {

    /** A stream nobody has appended to. */
    public static final StreamHead NONE = new StreamHead(0, -1);
}
