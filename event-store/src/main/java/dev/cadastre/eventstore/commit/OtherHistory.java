package dev.cadastre.eventstore.commit;

/** A log that was to be continued from another one holds something that the other does not. */
public final class OtherHistory extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long position;

    /**
     * @param position where the first commit begins that the two do not share
     */
    OtherHistory(long position, String message) {
        super(message);
        this.position = position;
    }

    public long position() {
        return position;
    }
}
