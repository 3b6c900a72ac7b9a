package dev.cadastre.query.counts.model;

import dev.cadastre.events.Microseconds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;

/**
 * The distance between two points of a series: a length of time ({@code PT6H}) or a period of the
 * calendar ({@code P1D}, {@code P1M}), which is as long as the calendar of a zone makes it.
 */
public record Step(TemporalAmount amount) {

    /** The most points that a series may have. */
    public static final int MOST_POINTS = 1_000;

    /**
     * Reads an ISO 8601 duration or period.
     *
     * @throws IllegalArgumentException if it is none, not positive, or finer than a microsecond;
     *     the message says what to send
     */
    public static Step parse(String text) {
        try {
            if (text.indexOf('T') < 0 && text.indexOf('t') < 0) {
                Period period = Period.parse(text);
                if (period.isNegative() || period.isZero()) {
                    throw new IllegalArgumentException("A step is longer than nothing: " + text);
                }
                return new Step(period);
            }
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("A step is longer than nothing: " + text);
            }
            if (duration.getNano() % 1_000 != 0) {
                throw new IllegalArgumentException(
                        "A step is not finer than a microsecond: " + text);
            }
            return new Step(duration);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "A step is an ISO 8601 period or duration such as P1D, P1M or PT6H, not "
                            + text,
                    e);
        }
    }

    /**
     * The points {@code from}, {@code from} + 1 step, {@code from} + 2 steps ... up to and with
     * {@code to}. Each is counted from {@code from}, so that a month's last day does not wander.
     *
     * @param from microseconds since 1970
     * @param to microseconds since 1970, not before {@code from}
     * @param zone whose calendar a period follows
     * @throws IllegalArgumentException if there are more than {@link #MOST_POINTS}
     */
    public List<Long> points(long from, long to, ZoneId zone) {
        ZonedDateTime start = Microseconds.toInstant(from).atZone(zone);
        List<Long> points = new ArrayList<>();
        for (int n = 0; ; n++) {
            long point;
            try {
                point = Microseconds.of(start.plus(times(n)).toInstant());
            } catch (DateTimeException | ArithmeticException beyondTheCalendar) {
                return points;
            }
            if (point > to) {
                return points;
            }
            if (points.size() == MOST_POINTS) {
                throw new IllegalArgumentException(
                        "A series has at most "
                                + MOST_POINTS
                                + " points. Ask for a longer step or a shorter time.");
            }
            points.add(point);
        }
    }

    private TemporalAmount times(int n) {
        return switch (amount) {
            case Period period -> period.multipliedBy(n);
            case Duration duration -> duration.multipliedBy(n);
            default -> throw new IllegalStateException("neither period nor duration: " + amount);
        };
    }
}
