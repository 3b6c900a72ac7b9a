package dev.cadastre.query.shared.time;

import org.jspecify.annotations.Nullable;

/**
 * The coordinates as a caller wrote them; null where nothing was said.
 *
 * @param asOf parameter {@code asOf}
 * @param knownAt parameter {@code knownAt}
 * @param acceptDatetime header {@code Accept-Datetime}
 * @param minLogPosition header {@code Min-Log-Position}
 */
public record CoordinateRequest(
        @Nullable String asOf,
        @Nullable String knownAt,
        @Nullable String acceptDatetime,
        @Nullable String minLogPosition) {

    /** Now, with all that is known. */
    public static final CoordinateRequest NOW = new CoordinateRequest(null, null, null, null);

    /** Whether the answer is about now, with all that is known. */
    public boolean isNow() {
        return asOf == null && knownAt == null && acceptDatetime == null;
    }
}
