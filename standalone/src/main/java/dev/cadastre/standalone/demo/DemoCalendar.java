package dev.cadastre.standalone.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.SplittableRandom;

/**
 * Three years that end today. Things happen on days fixed for their kind, so that facts of one kind
 * fall together as they do in a company with a delivery day and a maintenance window.
 */
record DemoCalendar(LocalDate first, LocalDate today) {

    static DemoCalendar endingOn(LocalDate today) {
        return new DemoCalendar(today.minusYears(3), today);
    }

    /** When the register began. */
    Instant beginning() {
        return first.atTime(8, 0).toInstant(ZoneOffset.UTC);
    }

    /** The first such day of the week from a day on, at that hour. */
    Instant next(LocalDate from, DayOfWeek day, int hour) {
        return from.with(TemporalAdjusters.nextOrSame(day))
                .atTime(hour, 0)
                .toInstant(ZoneOffset.UTC);
    }

    /** A random day within the three years, the last week left out. */
    LocalDate anyDay(SplittableRandom random) {
        return first.plusDays(1 + random.nextInt((int) first.until(today).toTotalMonths() * 30));
    }

    /** Whether an instant lies before today, so that it can be told as a fact of the past. */
    boolean isPast(Instant instant) {
        return instant.isBefore(today.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /** Noon of a day to come. */
    Instant inDays(int days) {
        return today.plusDays(days).atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
