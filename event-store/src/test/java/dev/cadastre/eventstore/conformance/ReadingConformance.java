package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog.Registration;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the log is read. */
interface ReadingConformance extends LogUnderTest {

    @Test
    default void commits_are_read_whole_from_the_one_that_holds_the_position() {
        append(changeSet().event("ci:a", 0).event("ci:a", 1).event("ci:a", 2).build());
        append(changeSet().event("ci:a", 3).event("ci:a", 4).build());
        append(oneEvent("ci:a", 5));

        assertThat(positions(log().commits(0, 1))).containsExactly(0L);
        assertThat(positions(log().commits(2, 1))).containsExactly(0L);
        assertThat(positions(log().commits(2, 4))).containsExactly(0L, 3L);
        assertThat(positions(log().commits(3, 1_000))).containsExactly(3L, 5L);
        assertThat(positions(log().commits(4, 3))).containsExactly(3L, 5L);
        assertThat(log().commits(6, 10)).isEmpty();
        assertThat(log().commits(100, 10)).isEmpty();
    }

    @Test
    default void an_empty_log_has_nothing_to_read_until_something_is_appended() {
        assertThat(log().commits(0, 10)).isEmpty();
        assertThat(log().head().size()).isZero();
        assertThat(log().head().lastCommit()).isEqualTo(-1);
        assertThat(log().event(0)).isEmpty();

        append(oneEvent("ci:a", 0));

        assertThat(log().commits(0, 10)).hasSize(1);
        assertThat(log().event(0)).isPresent();
        assertThat(log().event(1)).isEmpty();
        assertThat(log().event(-1)).isEmpty();
    }

    @Test
    default void a_stream_is_read_in_order_from_a_sequence_number_on() {
        append(changeSet().event("ci:a", 0).event("ci:b", 0).event("ci:a", 1).build());
        append(changeSet().event("ci:b", 1).event("ci:a", 2).build());

        List<StoredEvent> whole = log().stream("ci:a", 0);
        assertThat(whole).extracting(StoredEvent::position).containsExactly(0L, 2L, 4L);
        assertThat(whole.stream().map(LogUnderTest::written).toList())
                .isEqualTo(ofStream("ci:a").stream().map(LogUnderTest::written).toList());
        assertThat(log().stream("ci:a", 2)).extracting(StoredEvent::position).containsExactly(4L);
        assertThat(log().stream("ci:a", 3)).isEmpty();
        assertThat(log().stream("ci:none", 0)).isEmpty();
        assertThat(log().streamHead("ci:a")).isEqualTo(new StreamHead(3, 4));
        assertThat(log().streamHead("ci:none")).isEqualTo(StreamHead.NONE);
    }

    @Test
    default void streams_are_told_apart_exactly() {
        append(oneEvent("ci:a", 0));
        append(oneEvent("ci:A", 0));
        append(oneEvent("ci:a ", 0));
        append(oneEvent("ci:a\u0000", 0));
        append(oneEvent("ci:\u00e4", 0));
        append(oneEvent("ci:a\u0308", 0));

        assertThat(log().stream("ci:a", 0)).extracting(StoredEvent::position).containsExactly(0L);
        assertThat(log().stream("ci:a\u0000", 0))
                .extracting(StoredEvent::position)
                .containsExactly(3L);
        assertThat(log().stream("ci:a\u0308", 0))
                .extracting(StoredEvent::position)
                .containsExactly(5L);
        assertThat(allEvents())
                .extracting(event -> event.envelope().stream())
                .containsExactly("ci:a", "ci:A", "ci:a ", "ci:a\u0000", "ci:\u00e4", "ci:a\u0308");
    }

    @Test
    default void who_references_a_stream_is_found_once() {
        append(
                changeSet()
                        .event("ci:a", 0, "ci.registered", "ci-class:server", "ci:rack")
                        .event("ci:b", 0, "ci.registered", "ci-class:server")
                        .event("ci:a", 1, "ci.related", "ci:rack", "ci:rack")
                        .build());

        assertThat(log().referencing("ci-class:server")).containsExactlyInAnyOrder("ci:a", "ci:b");
        assertThat(log().referencing("ci:rack")).containsExactly("ci:a");
        assertThat(log().referencing("ci:a")).isEmpty();
    }

    @Test
    default void who_references_a_stream_after_a_position_is_found_in_order() {
        append(changeSet().event("ci:b", 0, "ci.registered", "ci-class:server").build());
        append(
                changeSet()
                        .event("ci:c", 0, "ci.registered", "ci-class:server")
                        .event("ci:a", 0, "ci.registered", "ci-class:server")
                        .event("ci:c", 1, "ci.related", "ci-class:server")
                        .build());

        assertThat(log().referencing("ci-class:server", -1))
                .containsExactly("ci:b", "ci:c", "ci:a");
        assertThat(log().referencing("ci-class:server", 0)).containsExactly("ci:c", "ci:a");
        assertThat(log().referencing("ci-class:server", 1)).containsExactly("ci:a", "ci:c");
        assertThat(log().referencing("ci-class:server", 3)).isEmpty();
    }

    @Test
    default void the_bell_rings_after_each_commit_is_visible_until_it_is_taken_down() {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        Registration registration =
                log().onCommit(
                                () -> {
                                    long size = log().head().size();
                                    if (log().commits(size - 1, 1).size() == 1) {
                                        seen.add(size);
                                    }
                                });
        append(oneEvent("ci:a", 0));
        append(oneEvent("ci:a", 1));
        reachWriter("ci:bell");
        registration.close();
        append(oneEvent("ci:a", 2));
        reachWriter("ci:bell-2");

        assertThat(seen).startsWith(1L, 2L).doesNotContain(4L, 5L);
    }

    @Test
    default void a_listener_that_fails_does_no_harm() {
        log().onCommit(
                        () -> {
                            throw new IllegalStateException("listener");
                        });

        append(oneEvent("ci:a", 0));
        append(oneEvent("ci:a", 1));

        assertThat(log().readOnlyReason()).isEmpty();
        assertThat(log().head().size()).isEqualTo(2);
    }

    /** Once this has its place, the bells of earlier commits have rung. */
    private void reachWriter(String stream) {
        append(oneEvent(stream, 0));
    }

    private List<StoredEvent> ofStream(String stream) {
        return allEvents().stream()
                .filter(event -> event.envelope().stream().equals(stream))
                .toList();
    }

    private static List<Long> positions(List<Commit> commits) {
        return commits.stream().map(Commit::position).toList();
    }
}
