package dev.cadastre.command.imports.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.events.Microseconds;
import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTimeTest {

    private static final long YEAR_0 = -62_167_219_200L;
    private static final long END_OF_9999 = 253_402_300_799L;

    @Property
    void a_whole_second_reads_as_java_reads_it(
            @ForAll @LongRange(min = YEAR_0, max = END_OF_9999) long second) {
        Instant instant = Instant.ofEpochSecond(second);

        assertThat(HistoryTime.microseconds(instant.toString()))
                .isEqualTo(Microseconds.of(instant));
    }

    @Test
    void microseconds_and_offsets_are_read() {
        assertThat(HistoryTime.microseconds("2018-04-12T19:29:44.123456Z"))
                .isEqualTo(Microseconds.of(Instant.parse("2018-04-12T19:29:44.123456Z")));
        assertThat(HistoryTime.microseconds("2018-04-12T21:29:44+02:00"))
                .isEqualTo(Microseconds.of(Instant.parse("2018-04-12T19:29:44Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2018-02-30T00:00:00Z",
                "2018-13-01T00:00:00Z",
                "2018-00-01T00:00:00Z",
                "2018-01-00T00:00:00Z",
                "2018-01-01T25:00:00Z",
                "2018-01-01T00:60:00Z",
                "2018-01-01T00:00:61Z",
                "2018-01-01 00:00:00Z",
                "2018-01-01T00:00:00+",
                "2o18-01-01T00:00:00Z",
                ""
            })
    void what_is_no_instant_is_refused(String text) {
        assertThatThrownBy(() -> HistoryTime.microseconds(text))
                .isInstanceOf(DateTimeException.class);
    }
}
