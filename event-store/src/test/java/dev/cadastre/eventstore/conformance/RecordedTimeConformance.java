package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.StoredEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recorded times come from the clock as long as it does not go back. */
interface RecordedTimeConformance extends LogUnderTest {

    @Test
    default void recorded_time_is_the_clock_in_microseconds() {
        clock().advance(Duration.ofNanos(123_456_789));

        long recordedAt = append(oneEvent("ci:a", 0)).recordedAt();

        assertThat(Microseconds.toInstant(recordedAt)).isEqualTo("2026-03-01T08:00:00.123456Z");
        assertThat(log().head().recordedAt()).isEqualTo(recordedAt);
    }

    @Test
    default void recorded_time_increases_from_commit_to_commit_while_the_clock_stands_still() {
        long first = append(oneEvent("ci:a", 0)).recordedAt();
        long second = append(oneEvent("ci:a", 1)).recordedAt();
        long third = append(oneEvent("ci:a", 2)).recordedAt();

        assertThat(List.of(second, third)).containsExactly(first + 1, first + 2);
    }

    @Test
    default void recorded_time_increases_when_the_clock_goes_back_and_after_a_restart_too() {
        long first = append(oneEvent("ci:a", 0)).recordedAt();
        clock().advance(Duration.ofHours(-1));
        long second = append(oneEvent("ci:a", 1)).recordedAt();
        reopen();
        long third = append(oneEvent("ci:a", 2)).recordedAt();
        clock().advance(Duration.ofDays(3_652));
        long fourth = append(oneEvent("ci:a", 3)).recordedAt();
        clock().advance(Duration.ofDays(-3_652));
        long fifth = append(oneEvent("ci:a", 4)).recordedAt();

        assertThat(second).isEqualTo(first + 1);
        assertThat(third).isEqualTo(first + 2);
        assertThat(fourth).isGreaterThan(first + Duration.ofDays(3_651).toNanos() / 1_000);
        assertThat(fifth).isEqualTo(fourth + 1);
    }

    @Test
    default void recorded_time_is_equal_within_a_commit() {
        append(changeSet().event("ci:a", 0).event("ci:b", 0).event("ci:a", 1).build());
        append(changeSet().event("ci:b", 1).event("ci:a", 2).build());

        List<Commit> commits = allCommits();
        assertThat(commits).hasSize(2);
        for (Commit commit : commits) {
            assertThat(commit.events())
                    .extracting((StoredEvent event) -> event.envelope().recordedAt())
                    .containsOnly(commit.recordedAt());
        }
        assertThat(commits.get(1).recordedAt()).isGreaterThan(commits.get(0).recordedAt());
    }
}
