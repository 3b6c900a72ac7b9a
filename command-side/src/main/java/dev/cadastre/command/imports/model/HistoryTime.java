package dev.cadastre.command.imports.model;

import dev.cadastre.events.Microseconds;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Reads the times of a history file. */
final class HistoryTime {

    private static final int LENGTH = "2018-04-12T19:29:44Z".length();
    private static final int SECONDS_A_DAY = 86_400;

    private HistoryTime() {}

    /**
     * Microseconds since 1970.
     *
     * @throws DateTimeException if the text is no instant
     * @throws ArithmeticException if it is finer than a microsecond or out of reach
     */
    static long microseconds(String text) {
        // Nearly all are whole seconds in UTC, for which Java's parser is slow.
        if (text.length() == LENGTH
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(19) == 'Z') {
            int year = number(text, 0, 4);
            int month = number(text, 5, 7);
            int day = number(text, 8, 10);
            int hour = number(text, 11, 13);
            int minute = number(text, 14, 16);
            int second = number(text, 17, 19);
            if (year >= 0
                    && month >= 1
                    && month <= 12
                    && day >= 1
                    && day <= 28
                    && isWithin(hour, 24)
                    && isWithin(minute, 60)
                    && isWithin(second, 60)) {
                long days = LocalDate.of(year, month, day).toEpochDay();
                return (days * SECONDS_A_DAY + hour * 3_600 + minute * 60 + second) * 1_000_000L;
            }
        }
        return Microseconds.of(Instant.parse(text));
    }

    private static boolean isWithin(int number, int end) {
        return number >= 0 && number < end;
    }

    /** -1 if these are not all digits. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }
}
