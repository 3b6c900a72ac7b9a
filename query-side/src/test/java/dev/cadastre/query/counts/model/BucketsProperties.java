package dev.cadastre.query.counts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.events.Microseconds;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BucketsProperties {

    private static final long EARLIEST = -62_135_596_800_000_000L;
    private static final long LATEST = 253_402_300_799_999_999L;

    @Property
    void buckets_cover_the_stretch_without_gap_and_differ_by_a_microsecond_at_most(
            @ForAll @LongRange(min = EARLIEST, max = LATEST) long one,
            @ForAll @LongRange(min = EARLIEST, max = LATEST) long other,
            @ForAll @IntRange(min = 1, max = 1_000) int number) {
        long from = Math.min(one, other);
        long to = Math.max(one, other);
        Assume.that(to - from + 1 >= number);
        Buckets buckets = new Buckets(from, to, number);
        assertThat(buckets.start(0)).isEqualTo(from);
        assertThat(buckets.end(number - 1)).isEqualTo(to);
        long shortest = (to - from + 1) / number;
        for (int bucket = 0; bucket < number; bucket++) {
            assertThat(buckets.end(bucket) - buckets.start(bucket) + 1)
                    .isBetween(shortest, shortest + 1);
        }
    }

    @Example
    void the_whole_of_time_can_be_cut() {
        Buckets all = new Buckets(Microseconds.EARLIEST, Microseconds.LATEST, 1_000);
        assertThat(all.end(999)).isEqualTo(Microseconds.LATEST);
    }

    @Example
    void what_cannot_be_cut_is_refused() {
        assertThatThrownBy(() -> new Buckets(10, 9, 1)).hasMessageContaining("before it begins");
        assertThatThrownBy(() -> new Buckets(0, 1, 3)).hasMessageContaining("microsecond");
        assertThatThrownBy(() -> new Buckets(0, 10_000, 1_001)).hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> new Buckets(0, 10_000, 0)).hasMessageContaining("1 to 1000");
    }
}
