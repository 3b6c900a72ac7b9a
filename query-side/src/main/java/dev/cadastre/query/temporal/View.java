package dev.cadastre.query.temporal;

/**
 * What the index held at the end of one commit. Valid only within the function it is given to (see
 * {@link TemporalIndex#read}), on any thread while that function runs.
 */
public interface View {

    /** Position of the last event included; -1 for none. */
    int position();

    /** When the commit of that event was recorded; {@link Long#MIN_VALUE} for none. */
    long recordedAt();

    /** The root hash given with the last commit applied; empty before the first. */
    byte[] root();

    /**
     * The last position recorded at or before an instant; -1 if the log begins later. Instants
     * after the last commit give the view's position.
     */
    int positionAt(long recordedAt);

    /**
     * The last position of the commit that holds a position, at most the view's position; -1 for
     * negative ones.
     */
    int commitEnd(long position);

    /** When the commit that holds a position was recorded. */
    long recordedAt(int position);

    /** When the first commit was recorded; {@link Long#MAX_VALUE} for none. */
    long beginning();

    KindView kind(String name);

    /**
     * How many entries of timelines, change logs and postings this view's operations have looked
     * at: the cost of an answer apart from the machine it runs on.
     */
    long entriesTouched();
}
