package dev.cadastre.http.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.events.Microseconds;
import dev.cadastre.http.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-03-31T10:00:00Z, 2026-03-31T10:00:00Z",
        "2026-03-31t10:00:00.000001z, 2026-03-31T10:00:00.000001Z",
        "2026-03-31T12:00:00+02:00, 2026-03-31T10:00:00Z",
        "2026-03-31T12:00:00.5-00:30, 2026-03-31T12:30:00.5Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
    })
    void date_times_with_an_offset_are_read(String text, String expected) {
        assertThat(InstantText.parse(text, DayEdge.LAST, ZoneOffset.UTC))
                .isEqualTo(Microseconds.of(Instant.parse(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28, FIRST, 2026-03-27T23:00:00Z",
        "2026-03-28, LAST, 2026-03-28T22:59:59.999999Z",
        // The day on which the clocks go forward has 23 hours.
        "2026-03-29, FIRST, 2026-03-28T23:00:00Z",
        "2026-03-29, LAST, 2026-03-29T21:59:59.999999Z",
    })
    void a_bare_date_is_an_edge_of_that_day_in_the_zone(
            String text, DayEdge edge, String expected) {
        assertThat(InstantText.parse(text, edge, BERLIN))
                .isEqualTo(Microseconds.of(Instant.parse(expected)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-03-31T10:00:00",
                "2026-03-31T10:00Z",
                "2026-02-30",
                "2026-02-30T00:00:00Z",
                "2026-03-31T24:00:01Z",
                "2026-03-31T10:00:00.0000001Z",
                "0000-01-01T00:00:00Z",
                "10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
            })
    void what_is_no_instant_of_the_register_is_refused(String text) {
        assertThatThrownBy(() -> InstantText.parse(text, DayEdge.FIRST, ZoneOffset.UTC))
                .isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-12-31",
                "12000-01-01",
                "12000-01-01T00:00:00Z",
                "+12000-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00"
            })
    void an_instant_of_another_age_is_told_which_years_there_are(String text) {
        assertThatThrownBy(() -> InstantText.parse(text, DayEdge.FIRST, ZoneOffset.UTC))
                .hasMessage("\"" + text + "\" lies outside the years 0001 to 9999.");
    }

    @Test
    void a_refused_parameter_is_named() {
        assertThatThrownBy(
                        () -> InstantText.parameter("asOf", "soon", DayEdge.LAST, ZoneOffset.UTC))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.fields()).containsEntry("parameter", "asOf"));
    }

    @Test
    void an_http_date_is_the_first_microsecond_of_its_second() {
        long second = InstantText.httpDate("Accept-Datetime", "Tue, 31 Mar 2026 10:00:00 GMT");

        assertThat(second).isEqualTo(Microseconds.of(Instant.parse("2026-03-31T10:00:00Z")));
        assertThat(InstantText.formatHttpDate(second + 999_999))
                .isEqualTo("Tue, 31 Mar 2026 10:00:00 GMT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mon, 31 Mar 2026 10:00:00 GMT",
                "Tue, 31 Feb 2026 10:00:00 GMT",
                "2026-03-31T10:00:00Z",
                "Tue, 31 Mar 2026 10:00:00 CET"
            })
    void what_is_no_http_date_is_refused(String text) {
        assertThatThrownBy(() -> InstantText.httpDate("Accept-Datetime", text))
                .isInstanceOf(ProblemException.class);
    }

    @Property
    void every_instant_of_the_register_survives_writing_and_reading(
            @ForAll @LongRange(min = -62_135_596_800_000_000L, max = 253_402_300_799_999_999L)
                    long microseconds) {
        String text = InstantText.format(microseconds);

        assertThat(InstantText.parse(text, DayEdge.FIRST, ZoneOffset.UTC)).isEqualTo(microseconds);
        assertThat(Instant.parse(text)).isEqualTo(Microseconds.toInstant(microseconds));
    }
}
