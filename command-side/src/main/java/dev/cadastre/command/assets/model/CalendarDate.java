package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.Rejection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A day of the calendar as text, for example {@code 2024-02-29}. */
final class CalendarDate {

    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private CalendarDate() {}

    static String of(String pointer, @Nullable Object value) {
        if (value instanceof String text && FORM.matcher(text).matches()) {
            try {
                LocalDate date = LocalDate.parse(text);
                if (date.getYear() >= 1) {
                    return text;
                }
            } catch (DateTimeException noSuchDay) {
                // Said below, together with what has another form.
            }
        }
        throw new Rejection.NotAllowed(
                pointer, "This is a day that exists, as text, for example \"2024-02-29\".");
    }
}
