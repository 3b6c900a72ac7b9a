package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.log.ChangeSet.Condition.NoEventFrom;
import dev.cadastre.eventstore.log.ChangeSet.Condition.NoReferenceAfter;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.LogException.ClaimConflict;
import dev.cadastre.eventstore.log.LogException.ConditionFailed;
import dev.cadastre.eventstore.log.LogException.KeyTaken;
import dev.cadastre.eventstore.log.LogException.SequenceConflict;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a closed log still knows when it is opened again. */
interface RestartConformance extends LogUnderTest {

    @Test
    default void everything_is_there_after_a_restart() {
        for (int i = 0; i < 300; i++) {
            append(
                    changeSet()
                            .event("ci:a", i, "ci.described", "ci-class:server")
                            .event("ci:b" + i, 0)
                            .claim("v", i)
                            .key("key:" + i, utf8("digest"))
                            .build());
        }
        LogHead head = log().head();
        List<String> commits = LogUnderTest.written(allCommits());

        reopen();

        assertThat(log().head()).usingRecursiveComparison().isEqualTo(head);
        assertThat(LogUnderTest.written(allCommits())).isEqualTo(commits);
        assertThat(log().streamHead("ci:a")).isEqualTo(new StreamHead(300, 598));
        assertThat(log().claims("v"))
                .hasSize(300)
                .last()
                .extracting(ClaimRecord::count)
                .isEqualTo(299);
        assertThat(log().key("key:7").orElseThrow().lastPosition()).isEqualTo(15);
        assertThat(log().referencing("ci-class:server")).containsExactly("ci:a");
        assertThat(LogVerification.of(log())).isEqualTo(600);
    }

    @Test
    default void the_log_goes_on_where_it_ended() {
        append(changeSet().event("ci:a", 0).event("ci:a", 1).build());
        reopen();
        Committed committed = append(oneEvent("ci:a", 2));
        reopen();
        append(oneEvent("ci:a", 3));

        assertThat(committed.firstPosition()).isEqualTo(2);
        assertThat(LogVerification.of(log())).isEqualTo(4);
        assertThat(allCommits()).extracting(Commit::epoch).isSorted();
    }

    @Test
    default void the_tree_is_found_again_at_every_fill_of_its_last_tile() {
        long next = 0;
        for (int events : List.of(1, 254, 1, 1, 255, 256, 1_000)) {
            ChangeSetBuilder builder = changeSet();
            for (int i = 0; i < events; i++) {
                builder.event("ci:a", next++);
            }
            append(builder.build());
            reopen();
            assertThat(log().readOnlyReason()).isEmpty();
            assertThat(LogVerification.of(log())).isEqualTo(next);
        }
    }

    @Test
    default void rules_hold_against_what_was_recorded_before_a_restart() {
        append(
                changeSet()
                        .event("ci:a", 0, "ci.registered", "ci:b")
                        .claim("v", 0)
                        .key("k", utf8("d"))
                        .build());
        append(changeSet().event("ci:b", 0).event("ci:b", 1, "ci.removed").build());
        reopen();

        assertThat(refusal(SequenceConflict.class, oneEvent("ci:a", 0)).actual()).isEqualTo(1);
        refusal(ClaimConflict.class, changeSet().event("ci:c", 0).claim("v", 0).build());
        refusal(KeyTaken.class, changeSet().event("ci:c", 0).key("k", utf8("d")).build());
        refusal(
                ConditionFailed.class,
                changeSet()
                        .event("ci:c", 0)
                        .given(new NoEventFrom("ci:b", List.of("ci.removed"), 1))
                        .build());
        refusal(
                ConditionFailed.class,
                changeSet().event("ci:c", 0).given(new NoReferenceAfter("ci:b", -1)).build());
    }

    @Test
    default void closing_commits_what_was_handed_over() {
        List<CompletableFuture<Committed>> outcomes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            outcomes.add(log().append(oneEvent("ci:a", i)));
        }

        reopen();

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isCompleted());
        assertThat(log().head().size()).isEqualTo(500);
    }

    @Test
    default void a_closed_log_takes_nothing() {
        log().close();

        refusal(Unavailable.class, oneEvent("ci:a", 0));
        reopen();
        assertThat(append(oneEvent("ci:a", 0)).firstPosition()).isZero();
    }
}
