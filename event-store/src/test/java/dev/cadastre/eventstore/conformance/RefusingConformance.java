package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException.ClaimConflict;
import dev.cadastre.eventstore.log.LogException.ConditionFailed;
import dev.cadastre.eventstore.log.LogException.KeyTaken;
import dev.cadastre.eventstore.log.LogException.SequenceConflict;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Which change sets are refused for sequence numbers, claims and keys, and what is left of them.
 */
interface RefusingConformance extends LogUnderTest {

    @Test
    default void an_append_behind_the_head_of_a_stream_is_refused_with_both_numbers() {
        append(oneEvent("ci:a", 0));
        append(oneEvent("ci:a", 1));

        SequenceConflict conflict = refusal(SequenceConflict.class, oneEvent("ci:a", 1));

        assertThat(conflict.stream()).isEqualTo("ci:a");
        assertThat(conflict.expected()).isEqualTo(1);
        assertThat(conflict.actual()).isEqualTo(2);
    }

    @Test
    default void an_append_that_would_leave_a_gap_is_refused() {
        append(oneEvent("ci:a", 0));

        assertThat(refusal(SequenceConflict.class, oneEvent("ci:a", 2)).actual()).isEqualTo(1);
        assertThat(refusal(SequenceConflict.class, oneEvent("ci:new", 1)).actual()).isZero();
    }

    @Test
    default void sequence_numbers_go_on_inside_a_change_set() {
        SequenceConflict conflict =
                refusal(
                        SequenceConflict.class,
                        changeSet().event("ci:a", 0).event("ci:b", 0).event("ci:a", 0).build());

        assertThat(conflict.actual()).isEqualTo(1);
        assertThat(log().head().size()).isZero();
        assertThat(append(oneEvent("ci:a", 0)).firstPosition()).isZero();
    }

    @Test
    default void a_refused_change_set_leaves_no_trace() {
        append(oneEvent("ci:a", 0));

        refusal(
                SequenceConflict.class,
                changeSet()
                        .event("ci:new", 0, "ci.registered", "ci-class:server")
                        .claim("asset-tag:1", 0)
                        .event("ci:a", 0)
                        .key("k", utf8("digest"))
                        .build());

        assertThat(log().head().size()).isEqualTo(1);
        assertThat(log().streamHead("ci:new")).isEqualTo(StreamHead.NONE);
        assertThat(log().claims("asset-tag:1")).isEmpty();
        assertThat(log().key("k")).isEmpty();
        assertThat(log().referencing("ci-class:server")).isEmpty();
        append(
                changeSet()
                        .event("ci:new", 0)
                        .claim("asset-tag:1", 0)
                        .key("k", utf8("digest"))
                        .build());
        assertThat(log().streamHead("ci:new")).isEqualTo(new StreamHead(1, 1));
    }

    @Test
    default void where_one_fails_those_that_build_on_it_fail_and_the_others_go_on() {
        append(oneEvent("ci:a", 0));

        List<CompletableFuture<Committed>> outcomes =
                pipeline(
                        List.of(
                                oneEvent("ci:a", 1),
                                changeSet().event("ci:b", 0).event("ci:a", 1).build(),
                                oneEvent("ci:b", 1),
                                oneEvent("ci:c", 0),
                                oneEvent("ci:a", 2)));

        assertThat(outcomes.get(0).join().firstPosition()).isEqualTo(1);
        refusal(SequenceConflict.class, outcomes.get(1));
        assertThat(refusal(SequenceConflict.class, outcomes.get(2)).actual()).isZero();
        assertThat(outcomes.get(3).join().firstPosition()).isEqualTo(2);
        assertThat(outcomes.get(4).join().firstPosition()).isEqualTo(3);
    }

    @Test
    default void a_unique_value_is_claimed_number_by_number() {
        append(changeSet().event("asset:1", 0).claim("serial:acme\u0000S1", 0).build());

        ClaimConflict taken =
                refusal(
                        ClaimConflict.class,
                        changeSet().event("asset:2", 0).claim("serial:acme\u0000S1", 0).build());
        refusal(
                ClaimConflict.class,
                changeSet().event("asset:2", 0).claim("serial:acme\u0000S1", 2).build());
        append(
                changeSet()
                        .event("asset:1", 1)
                        .claim("serial:acme\u0000S1", 1)
                        .event("asset:2", 0)
                        .claim("serial:acme\u0000S1", 2)
                        .build());

        assertThat(taken.value()).isEqualTo("serial:acme\u0000S1");
        assertThat(log().claims("serial:acme\u0000S1"))
                .containsExactly(
                        new ClaimRecord("serial:acme\u0000S1", 0, 0, "asset:1"),
                        new ClaimRecord("serial:acme\u0000S1", 1, 1, "asset:1"),
                        new ClaimRecord("serial:acme\u0000S1", 2, 2, "asset:2"));
        assertThat(log().claims("serial:acme")).isEmpty();
    }

    @Test
    default void claims_of_queued_change_sets_count() {
        List<CompletableFuture<Committed>> outcomes =
                pipeline(
                        List.of(
                                changeSet().event("asset:1", 0).claim("asset-tag:1", 0).build(),
                                changeSet().event("asset:2", 0).claim("asset-tag:1", 0).build(),
                                changeSet().event("asset:3", 0).claim("asset-tag:1", 1).build()));

        outcomes.get(0).join();
        refusal(ClaimConflict.class, outcomes.get(1));
        outcomes.get(2).join();
        assertThat(log().claims("asset-tag:1"))
                .extracting(ClaimRecord::stream)
                .containsExactly("asset:1", "asset:3");
    }

    @Test
    default void a_key_is_taken_once_and_tells_of_what() {
        append(oneEvent("ci:x", 0));
        append(
                changeSet()
                        .event("ci:a", 0)
                        .event("ci:a", 1)
                        .key("request:p:1", utf8("d1"))
                        .build());

        KeyTaken taken =
                refusal(
                        KeyTaken.class,
                        changeSet().event("ci:b", 0).key("request:p:1", utf8("d2")).build());

        assertThat(taken.record().text()).isEqualTo("request:p:1");
        assertThat(taken.record().digest()).isEqualTo(utf8("d1"));
        assertThat(taken.record().lastPosition()).isEqualTo(2);
        KeyRecord record = log().key("request:p:1").orElseThrow();
        assertThat(record.digest()).isEqualTo(utf8("d1"));
        assertThat(record.lastPosition()).isEqualTo(2);
        assertThat(log().key("request:p:2")).isEmpty();
    }

    @Test
    default void the_key_is_looked_at_before_the_sequence_numbers() {
        append(changeSet().event("ci:a", 0).key("k", utf8("d")).build());

        refusal(KeyTaken.class, changeSet().event("ci:a", 0).key("k", utf8("d")).build());
    }

    @Test
    default void who_is_refused_because_of_a_neighbour_finds_it_in_the_log() {
        List<CompletableFuture<Committed>> outcomes =
                pipeline(List.of(oneEvent("ci:a", 0), oneEvent("ci:a", 0)));

        SequenceConflict conflict = refusal(SequenceConflict.class, outcomes.get(1));

        assertThat(log().streamHead("ci:a").nextSequenceNumber()).isEqualTo(conflict.actual());
    }

    @Test
    default void a_decision_for_now_is_refused_once_now_is_too_late() {
        long at = append(oneEvent("ci:a", 0)).recordedAt();

        refusal(
                ConditionFailed.class,
                changeSet().event("ci:a", 1, "t", utf8("{}"), null, at + 1).build());
        Committed later =
                append(changeSet().event("ci:a", 1, "t", utf8("{}"), null, at + 2).build());

        assertThat(later.recordedAt()).isEqualTo(at + 1);
        append(changeSet().event("ci:a", 2, "t", utf8("{}"), 5L, 0).build());
        assertThat(log().streamHead("ci:a").nextSequenceNumber()).isEqualTo(3);
    }
}
