package dev.cadastre.query.webhooks.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Instant FIRST = Instant.parse("2026-03-01T08:00:00Z");
    private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

    @Test
    void delays_double_up_to_the_longest() {
        assertThat(IntStream.rangeClosed(1, 12).mapToObj(attempts -> delay(attempts, 0.5)))
                .extracting(Duration::toSeconds)
                .containsExactly(
                        5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L, 3600L, 3600L);
    }

    @Test
    void delays_differ_by_a_fifth_either_way_at_most() {
        assertThat(delay(1, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(delay(1, Math.nextDown(1))).isEqualTo(Duration.ofSeconds(6));
    }

    @Property
    void the_next_attempt_is_after_now_and_the_last_one_when_the_time_is_over(
            @ForAll @IntRange(min = 1) int attempts,
            @ForAll @LongRange(min = 0, max = 400_000) long since,
            @ForAll @LongRange(min = 0, max = 999_999_999) long asked,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        Instant now = FIRST.plusSeconds(since);
        Instant end = FIRST.plus(POLICY.giveUpAfter());

        Instant next = POLICY.next(attempts, FIRST, now, Duration.ofSeconds(asked), random);

        if (now.isBefore(end)) {
            assertThat(next).isAfter(now).isBeforeOrEqualTo(end);
            Instant wanted = now.plusSeconds(asked);
            assertThat(next).isAfterOrEqualTo(wanted.isBefore(end) ? wanted : end);
        } else {
            assertThat(next).isNull();
        }
    }

    private static Duration delay(int attempts, double random) {
        return Duration.between(FIRST, POLICY.next(attempts, FIRST, FIRST, null, random));
    }
}
