package dev.cadastre.query.versions.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The coordinates at which the current register was brought up to date.
 *
 * @param position of the last event of the last commit that is known; -1 for none
 * @param root of the log after that commit; empty for none
 * @param asOf valid time, microseconds since 1970
 */
public record CurrentToken(long position, byte[] root, long asOf) {

    /** The beginning: nothing is known, and nothing has happened. */
    public static final CurrentToken NOTHING = new CurrentToken(-1, new byte[0], Long.MIN_VALUE);

    /** Whether more is known here, or the same at a later instant. */
    public boolean isAfter(CurrentToken other) {
        return position > other.position || position == other.position && asOf > other.asOf;
    }

    /** How far the log was read. */
    public TrackingToken read() {
        return new TrackingToken(position, root);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CurrentToken(long thatPosition, byte[] thatRoot, long thatAsOf)
                && position == thatPosition
                && asOf == thatAsOf
                && Arrays.equals(root, thatRoot);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(position) + Long.hashCode(asOf)) + Arrays.hashCode(root);
    }
}
