package dev.cadastre.query.counts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.events.Microseconds;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {

    @Test
    void a_step_of_days_reaches_the_end_when_the_end_falls_on_it() {
        assertThat(points("P1D", "2025-03-01T00:00:00Z", "2025-03-04T00:00:00Z", ZoneOffset.UTC))
                .containsExactly(
                        "2025-03-01T00:00:00Z",
                        "2025-03-02T00:00:00Z",
                        "2025-03-03T00:00:00Z",
                        "2025-03-04T00:00:00Z");
    }

    @Test
    void the_last_day_of_a_month_does_not_wander() {
        assertThat(points("P1M", "2025-01-31T12:00:00Z", "2025-05-01T00:00:00Z", ZoneOffset.UTC))
                .containsExactly(
                        "2025-01-31T12:00:00Z",
                        "2025-02-28T12:00:00Z",
                        "2025-03-31T12:00:00Z",
                        "2025-04-30T12:00:00Z");
    }

    @Test
    void a_day_of_the_calendar_is_as_long_as_the_zone_makes_it() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(points("P1D", "2025-03-29T23:00:00Z", "2025-03-31T00:00:00Z", berlin))
                .containsExactly("2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z");
        assertThat(points("PT24H", "2025-03-29T23:00:00Z", "2025-03-31T00:00:00Z", berlin))
                .containsExactly("2025-03-29T23:00:00Z", "2025-03-30T23:00:00Z");
    }

    @Test
    void a_series_that_begins_and_ends_at_one_instant_has_one_point() {
        assertThat(points("P1Y", "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z", ZoneOffset.UTC))
                .hasSize(1);
    }

    @Test
    void too_many_points_are_refused() {
        assertThatThrownBy(
                        () ->
                                points(
                                        "PT1S",
                                        "2025-01-01T00:00:00Z",
                                        "2025-01-01T01:00:00Z",
                                        ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1000");
    }

    @Test
    void a_step_that_leaves_the_calendar_ends_the_series() {
        assertThat(points("P9999Y", "2025-01-01T00:00:00Z", "9999-12-31T23:59:59Z", ZoneOffset.UTC))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1D", "P", "PT", "-P1D", "P-1D", "PT0S", "P0D", "PT0.0000001S", "day"})
    void what_is_no_step_is_refused(String text) {
        assertThatThrownBy(() -> Step.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> points(String step, String from, String to, ZoneId zone) {
        return Step.parse(step)
                .points(
                        Microseconds.of(Instant.parse(from)),
                        Microseconds.of(Instant.parse(to)),
                        zone)
                .stream()
                .map(point -> Microseconds.toInstant(point).toString())
                .toList();
    }
}
