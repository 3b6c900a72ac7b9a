package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ChangeSet.Condition.NoEventFrom;
import dev.cadastre.eventstore.log.ChangeSet.Condition.NoReferenceAfter;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.LogException.ConditionFailed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Conditions between streams, judged in the slot. */
interface ConditionsConformance extends LogUnderTest {

    List<String> ENDS = List.of("ci.removed", "ci.fact-retracted");

    @Test
    default void relating_holds_while_the_target_was_not_removed_since_it_was_looked_at() {
        append(changeSet().event("ci:b", 0, "ci.registered").build());
        append(relate("ci:a", 0, "ci:b", 1));
        append(changeSet().event("ci:b", 1, "ci.described").build());

        append(relate("ci:a", 1, "ci:b", 1));

        assertThat(log().referencing("ci:b")).containsExactly("ci:a");
        append(changeSet().event("ci:b", 2, "ci.removed").build());
        refusal(ConditionFailed.class, relate("ci:a", 2, "ci:b", 1));
        append(relate("ci:a", 2, "ci:b", 3));
    }

    @Test
    default void a_condition_on_a_stream_that_is_shorter_than_was_looked_at_fails() {
        append(oneEvent("ci:b", 0));

        refusal(ConditionFailed.class, relate("ci:a", 0, "ci:b", 2));
        append(relate("ci:a", 0, "ci:b", 1));
        refusal(ConditionFailed.class, relate("ci:a", 1, "ci:absent", 1));
        append(relate("ci:a", 1, "ci:absent", 0));
    }

    @Test
    default void removing_holds_while_nothing_new_references_the_stream() {
        append(oneEvent("ci:b", 0));
        long looked = append(relate("ci:a", 0, "ci:b", 1)).lastPosition();

        refusal(ConditionFailed.class, remove("ci:b", 1, looked - 1));
        append(oneEvent("ci:other", 0));
        Committed removed = append(remove("ci:b", 1, looked));

        assertThat(removed.firstPosition()).isEqualTo(looked + 2);
    }

    @Test
    default void conditions_see_the_change_sets_of_the_same_commit() {
        append(oneEvent("ci:b", 0));
        append(oneEvent("ci:c", 0));

        List<CompletableFuture<Committed>> outcomes =
                pipeline(
                        List.of(
                                remove("ci:b", 1, 1),
                                relate("ci:a", 0, "ci:b", 1),
                                relate("ci:a", 0, "ci:c", 1),
                                remove("ci:c", 1, 1)));

        outcomes.get(0).join();
        refusal(ConditionFailed.class, outcomes.get(1));
        outcomes.get(2).join();
        refusal(ConditionFailed.class, outcomes.get(3));
    }

    @Test
    default void a_condition_may_look_at_what_is_queued() {
        List<CompletableFuture<Committed>> outcomes =
                pipeline(List.of(oneEvent("ci:b", 0), relate("ci:a", 0, "ci:b", 1)));

        assertThat(outcomes.get(1).join().firstPosition()).isEqualTo(1);
    }

    @Test
    default void a_change_set_is_not_judged_by_its_own_events() {
        append(oneEvent("ci:b", 0));

        Committed committed =
                append(
                        changeSet()
                                .event("ci:a", 0, "ci.related", "ci:b")
                                .event("ci:b", 1, "ci.removed")
                                .given(new NoEventFrom("ci:b", ENDS, 1))
                                .given(new NoReferenceAfter("ci:b", 0))
                                .build());

        assertThat(committed.firstPosition()).isEqualTo(1);
    }

    private static ChangeSet relate(String from, long sequenceNumber, String to, long lookedAt) {
        return changeSet()
                .event(from, sequenceNumber, "ci.related", to)
                .given(new NoEventFrom(to, ENDS, lookedAt))
                .build();
    }

    private static ChangeSet remove(String stream, long sequenceNumber, long lookedAt) {
        return changeSet()
                .event(stream, sequenceNumber, "ci.removed")
                .given(new NoReferenceAfter(stream, lookedAt))
                .build();
    }
}
