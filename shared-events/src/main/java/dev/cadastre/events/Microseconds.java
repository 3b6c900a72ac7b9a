package dev.cadastre.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants as the log counts them: whole microseconds since 1970-01-01T00:00:00Z. The register
 * covers the years 0001 to 9999.
 */
public final class Microseconds {

    /** 0001-01-01T00:00:00Z, the earliest instant of the register. */
    public static final long EARLIEST = of(Instant.parse("0001-01-01T00:00:00Z"));

    /** 9999-12-31T23:59:59.999999Z, the latest instant of the register. */
    public static final long LATEST = of(Instant.parse("9999-12-31T23:59:59.999999Z"));

    private Microseconds() {}

    /** Counts an instant; refuses one that is finer than a microsecond. */
    public static long of(Instant instant) {
        if (instant.getNano() % 1_000 != 0) {
            throw new DateTimeException("finer than a microsecond: " + instant);
        }
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000);
    }

    /** Counts a clock reading, leaving out what is finer than a microsecond. */
    public static long ofClock(Instant reading) {
        return of(reading.truncatedTo(ChronoUnit.MICROS));
    }

    public static Instant toInstant(long microseconds) {
        return Instant.ofEpochSecond(
                Math.floorDiv(microseconds, 1_000_000L),
                Math.floorMod(microseconds, 1_000_000L) * 1_000L);
    }
}
