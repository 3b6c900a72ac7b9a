package dev.cadastre.http.time;

import dev.cadastre.events.Microseconds;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads and writes instants as text. All instants are microseconds since 1970-01-01T00:00:00Z
 * within the years 0001 to 9999.
 */
public final class InstantText {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DATE_TIME =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.(\\d{1,9}))?"
                            + "([Zz]|[+-]\\d{2}:\\d{2})");
    private static final Pattern FAR_YEAR = Pattern.compile("[+-]?\\d{5,}-\\d{2}-\\d{2}(\\D.*)?");
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private InstantText() {}

    /**
     * Reads an RFC 3339 date-time with an offset, or a bare date.
     *
     * @param edge what a bare date means
     * @param zone the zone in which a bare date is a day
     * @throws DateTimeException with a message for the caller
     */
    public static long parse(String text, DayEdge edge, ZoneId zone) {
        if (DATE.matcher(text).matches()) {
            return within(edge(date(text), edge, zone), text);
        }
        var matcher = DATE_TIME.matcher(text);
        if (FAR_YEAR.matcher(text).matches()) {
            throw outside(text);
        }
        if (!matcher.matches()) {
            throw new DateTimeException(
                    "\""
                            + shortened(text)
                            + "\" is not an instant. Write 2026-03-31T10:00:00Z (RFC 3339, with an"
                            + " offset; in a query a + is %2B) or a date such as 2026-03-31.");
        }
        if (matcher.group(2) != null && matcher.group(2).length() > 6) {
            throw new DateTimeException(
                    "\"" + text + "\" is finer than a microsecond; at most six decimals are kept.");
        }
        try {
            String upper = text.toUpperCase(Locale.ROOT).replace(' ', 'T');
            return within(OffsetDateTime.parse(upper).toInstant(), text);
        } catch (DateTimeParseException e) {
            throw new DateTimeException("\"" + text + "\" does not exist in the calendar.", e);
        }
    }

    /**
     * Reads the value of a query parameter or a header.
     *
     * @throws ProblemException that names the parameter
     */
    public static long parameter(String name, String text, DayEdge edge, ZoneId zone) {
        try {
            return parse(text, edge, zone);
        } catch (DateTimeException e) {
            throw new ProblemException(ProblemType.INVALID, name + ": " + e.getMessage(), e)
                    .of(name);
        }
    }

    /**
     * Reads the value of a field of a body.
     *
     * @param pointer JSON Pointer of the field
     * @throws ProblemException that names the field
     */
    public static long field(String pointer, String text, DayEdge edge, ZoneId zone) {
        try {
            return parse(text, edge, zone);
        } catch (DateTimeException e) {
            throw new ProblemException(ProblemType.INVALID, e.getMessage(), e).at(pointer);
        }
    }

    /**
     * Reads the date of a header such as {@code Accept-Datetime} (RFC 1123 form, to the second).
     *
     * @return the first microsecond of that second
     * @throws ProblemException that names the header
     */
    public static long httpDate(String header, String text) {
        try {
            return Microseconds.of(IMF_FIXDATE.parse(text.strip(), Instant::from));
        } catch (DateTimeException e) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            header
                                    + ": \""
                                    + shortened(text)
                                    + "\" is not an HTTP date. Write Tue, 31 Mar 2026 10:00:00 GMT.",
                            e)
                    .of(header);
        }
    }

    /** Writes an instant as RFC 3339 in UTC, with as many decimals as it has. */
    public static String format(long microseconds) {
        StringBuilder text = new StringBuilder(27);
        SECONDS.formatTo(Microseconds.toInstant(microseconds), text);
        long fraction = Math.floorMod(microseconds, 1_000_000L);
        if (fraction != 0) {
            text.append('.');
            String digits = Long.toString(1_000_000L + fraction);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append(digits, 1, end);
        }
        return text.append('Z').toString();
    }

    /** Writes the second of an instant as an HTTP date. */
    public static String formatHttpDate(long microseconds) {
        return IMF_FIXDATE.format(Microseconds.toInstant(microseconds));
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new DateTimeException("\"" + text + "\" does not exist in the calendar.", e);
        }
    }

    private static Instant edge(LocalDate date, DayEdge edge, ZoneId zone) {
        return switch (edge) {
            case FIRST -> date.atStartOfDay(zone).toInstant();
            case LAST -> date.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1_000);
        };
    }

    private static long within(Instant instant, String text) {
        long microseconds = Microseconds.of(instant);
        if (microseconds < Microseconds.EARLIEST || microseconds > Microseconds.LATEST) {
            throw outside(text);
        }
        return microseconds;
    }

    private static DateTimeException outside(String text) {
        return new DateTimeException(
                "\"" + shortened(text) + "\" lies outside the years 0001 to 9999.");
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
