package dev.cadastre.query.shared.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.events.Microseconds;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CoordinateResolverTest {

    private static final long NOW = micros("2026-05-01T12:00:00Z");

    /** Two commits: positions 0 to 2 at 10:00 and 3 to 5 at 11:00, in change sets 0-1, 2, 3-5. */
    private final TwoCommits view = new TwoCommits(5);

    @Test
    void nothing_said_means_now_and_all_that_is_known() {
        Coordinates at = resolve(null, null);
        assertThat(at)
                .isEqualTo(new Coordinates(NOW, micros("2026-05-01T11:00:00Z"), 5, false, false));
    }

    @Test
    void now_is_never_before_the_last_commit_though_the_clock_may_be() {
        CoordinateResolver behind = resolver(view, "2026-05-01T10:30:00Z");
        assertThat(behind.resolve(CoordinateRequest.NOW).asOf())
                .isEqualTo(micros("2026-05-01T11:00:00Z"));
    }

    @Test
    void with_only_a_known_at_the_as_of_is_the_same_instant() {
        Coordinates at = resolve(null, "2026-05-01T10:15:00Z");
        assertThat(at.asOf()).isEqualTo(micros("2026-05-01T10:15:00Z"));
        assertThat(at.position()).isEqualTo(2);
        assertThat(at.isFinal()).isTrue();
        assertThat(resolve(null, "position:2").asOf()).isEqualTo(micros("2026-05-01T10:00:00Z"));
    }

    @Test
    void an_answer_is_final_once_a_later_commit_has_been_applied() {
        assertThat(resolve(null, "2026-05-01T10:59:59.999999Z").isFinal()).isTrue();
        assertThat(resolve(null, "2026-05-01T11:00:00Z").isFinal()).isFalse();
        assertThat(resolve(null, "position:2").isFinal()).isTrue();
        assertThat(resolve(null, "position:5").isFinal()).isFalse();
        assertThat(resolve("2026-01-01", null).isFinal()).isFalse();
    }

    @Test
    void a_position_inside_a_change_set_means_its_last() {
        assertThat(resolve(null, "position:0").position()).isEqualTo(1);
        assertThat(resolve(null, "position:2").position()).isEqualTo(2);
        assertThat(resolve(null, "position:3").position()).isEqualTo(5);
    }

    @Test
    void a_bare_date_is_the_last_microsecond_of_the_day_where_we_are() {
        CoordinateResolver resolver =
                new CoordinateResolver(
                        view,
                        clock("2026-05-01T12:00:00Z"),
                        ZoneId.of("America/New_York"),
                        Duration.ZERO);
        Coordinates at = resolver.resolve(new CoordinateRequest("2026-03-08", null, null, null));
        assertThat(at.asOf()).isEqualTo(micros("2026-03-09T03:59:59.999999Z"));
    }

    @Test
    void before_the_log_nothing_is_known_and_that_is_final() {
        Coordinates at = resolve(null, "2026-05-01T09:00:00Z");
        assertThat(at.position()).isEqualTo(-1);
        assertThat(at.isFinal()).isTrue();
    }

    @Test
    void an_empty_view_answers_too() {
        CoordinateResolver empty = resolver(new TwoCommits(-1), "2026-05-01T12:00:00Z");
        assertThat(empty.resolve(CoordinateRequest.NOW))
                .isEqualTo(new Coordinates(NOW, NOW, -1, false, false));
        CoordinateRequest none = new CoordinateRequest(null, "position:-1", null, null);
        assertThat(empty.resolve(none).isFinal()).isFalse();
    }

    @Test
    void a_position_that_the_log_has_but_not_yet_the_view_is_waited_for_in_vain_only_so_long() {
        TwoCommits behind = new TwoCommits(2);
        CoordinateRequest later = new CoordinateRequest(null, null, null, "5");
        assertThatThrownBy(() -> resolver(behind, "2026-05-01T12:00:00Z").resolve(later))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
                            assertThat(problem.retryAfter()).isNotNull();
                        });
        CoordinateRequest never = new CoordinateRequest(null, null, null, "6");
        assertThatThrownBy(() -> resolver(behind, "2026-05-01T12:00:00Z").resolve(never))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID));
    }

    private Coordinates resolve(String asOf, String knownAt) {
        return resolver(view, "2026-05-01T12:00:00Z")
                .resolve(new CoordinateRequest(asOf, knownAt, null, null));
    }

    private static CoordinateResolver resolver(LogView view, String now) {
        return new CoordinateResolver(view, clock(now), ZoneOffset.UTC, Duration.ofMillis(1));
    }

    private static Clock clock(String now) {
        return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    }

    private static long micros(String instant) {
        return Microseconds.of(Instant.parse(instant));
    }
}
