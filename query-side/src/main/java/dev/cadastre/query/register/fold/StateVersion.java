package dev.cadastre.query.register.fold;

import org.jspecify.annotations.Nullable;

/**
 * A state once believed for one valid interval, which begins at {@code validFrom} and ends where
 * the next believed version begins.
 *
 * @param number per entity from 0, in order of creation, never re-used
 * @param validFrom microseconds since 1970
 * @param position of the event that created it
 * @param recordedFrom microseconds since 1970: when that event was recorded
 * @param state null where the entity is absent
 */
public record StateVersion(
        int number,
        long validFrom,
        long position,
        long recordedFrom,
        @Nullable EntityState state) {}
