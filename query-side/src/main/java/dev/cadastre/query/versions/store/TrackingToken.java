package dev.cadastre.query.versions.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far a projection has read the log.
 *
 * @param position of the last event of the last commit included; -1 for none
 * @param root of the log after that commit; empty for none
 */
public record TrackingToken(long position, byte[] root) {

    /** The beginning. */
    public static final TrackingToken NOTHING = new TrackingToken(-1, new byte[0]);

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrackingToken(long thatPosition, byte[] thatRoot)
                && position == thatPosition
                && Arrays.equals(root, thatRoot);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(position) + Arrays.hashCode(root);
    }
}
