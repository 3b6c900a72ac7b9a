package dev.cadastre.query.shared.time;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a view knows of the log it follows. Thread-safe; answers about positions up to the horizon
 * never change.
 */
public interface LogView {

    /** All that the view holds now. */
    Horizon horizon();

    /**
     * The last position of the last commit recorded at or before the instant, as far as the view
     * holds; -1 if none was.
     */
    long lastPositionRecordedBy(long microseconds);

    /**
     * The last position of the change set that the position belongs to.
     *
     * @param position within the horizon
     */
    long endOfChangeSet(long position);

    /**
     * When the event at the position was recorded.
     *
     * @param position within the horizon
     */
    long recordedAt(long position);

    /** When the first commit was recorded; {@link Long#MAX_VALUE} in an empty view. */
    long beginsAt();

    /**
     * How many states of whatever the view holds have begun by a valid instant. As long as this
     * number and the position are the same, so is everything that is true.
     *
     * @param position the horizon's; the answer is empty if it has moved on
     */
    OptionalLong statesBegun(long asOf, long position);

    /**
     * The last position of the log itself, which the view may not hold yet; -1 for none. May ask
     * the store.
     */
    long lastPositionOfLog();

    /**
     * Microseconds of the instant up to which the view has been told of what was recorded; empty
     * where it cannot be behind.
     */
    OptionalLong lastHeard();

    /**
     * Waits until the view includes the position.
     *
     * @return false if it does not after the time
     */
    boolean await(long position, Duration atMost) throws InterruptedException;

    /**
     * Has the listener called each time the view includes more, on the thread that builds the view
     * and therefore briefly.
     *
     * @return ends that
     */
    Registration onAdvance(Runnable listener);

    /** Ends a registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
