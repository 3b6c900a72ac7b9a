package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Microseconds;
import dev.cadastre.eventstore.commit.EnvelopeFormat;
import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.eventstore.log.ProposedEvent;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of change sets that hold. */
interface AppendingConformance extends LogUnderTest {

    @Test
    default void positions_are_dense_from_zero_in_the_order_of_acknowledgement() {
        long next = 0;
        for (int i = 0; i < 20; i++) {
            Committed committed =
                    append(changeSet().event("ci:a", 2L * i).event("ci:a", 2L * i + 1).build());
            assertThat(committed.firstPosition()).isEqualTo(next);
            assertThat(committed.lastPosition()).isEqualTo(next + 1);
            next = committed.lastPosition() + 1;
        }
        assertThat(log().head().size()).isEqualTo(40);
        assertThat(allEvents()).extracting(StoredEvent::position).hasSize(40).isSorted();
        assertThat(LogVerification.of(log())).isEqualTo(40);
    }

    @Test
    default void an_event_reads_back_as_it_was_proposed() {
        long effectiveAt = Microseconds.EARLIEST;
        ChangeSet proposed =
                changeSet()
                        .source("import:inventory")
                        .metadata(utf8("{\"reason\":\"Umzug nach Köln\"}"))
                        .event(
                                "asset:7",
                                0,
                                "asset.moved",
                                utf8("{\"to\":\"Köln\"}"),
                                effectiveAt,
                                Long.MAX_VALUE)
                        .build();

        Committed committed = append(proposed);

        StoredEvent stored = log().event(committed.firstPosition()).orElseThrow();
        ProposedEvent event = proposed.events().getFirst();
        assertThat(stored.payload()).isEqualTo(event.payload());
        assertThat(stored.metadata()).isEqualTo(proposed.metadata());
        assertThat(stored.salt()).hasSize(16).isNotEqualTo(new byte[16]);
        assertThat(stored.envelope().id()).isEqualTo(event.id());
        assertThat(stored.envelope().type()).isEqualTo("asset.moved");
        assertThat(stored.envelope().revision()).isEqualTo(1);
        assertThat(stored.envelope().stream()).isEqualTo("asset:7");
        assertThat(stored.envelope().sequenceNumber()).isZero();
        assertThat(stored.envelope().recordedAt()).isEqualTo(committed.recordedAt());
        assertThat(stored.envelope().effectiveAt()).isEqualTo(effectiveAt);
        assertThat(stored.envelope().principal()).isEqualTo("person-principal");
        assertThat(stored.envelope().actor()).isEqualTo("person-actor");
        assertThat(stored.envelope().changeSet()).isEqualTo(proposed.id());
        assertThat(stored.envelope().source()).isEqualTo("import:inventory");
        assertThat(EnvelopeFormat.decode(stored.envelopeBytes()))
                .usingRecursiveComparison()
                .isEqualTo(stored.envelope());
    }

    @Test
    default void empty_payloads_and_metadata_read_back_empty() {
        Committed committed =
                append(
                        changeSet()
                                .metadata(new byte[0])
                                .event("ci:a", 0, "t", new byte[0], null, Long.MAX_VALUE)
                                .build());

        StoredEvent stored = log().event(committed.firstPosition()).orElseThrow();
        assertThat(stored.payload()).isEmpty();
        assertThat(stored.metadata()).isEmpty();
    }

    @Test
    default void each_event_has_a_salt_of_its_own() {
        append(changeSet().event("ci:a", 0).event("ci:a", 1).build());

        assertThat(log().stream("ci:a", 0))
                .hasSize(2)
                .extracting(event -> utf8Hex(event.salt()))
                .doesNotHaveDuplicates();
    }

    @Test
    default void a_change_set_lies_whole_in_one_commit() {
        List<ChangeSet> sets = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            ChangeSetBuilder builder = changeSet();
            for (int event = 0; event < 7; event++) {
                builder.event("ci:" + i, event);
            }
            sets.add(builder.build());
        }

        pipeline(sets).forEach(CompletableFuture::join);

        Map<UUID, Long> commitOf = new HashMap<>();
        Map<UUID, Integer> events = new HashMap<>();
        for (Commit commit : allCommits()) {
            for (StoredEvent event : commit.events()) {
                UUID set = event.envelope().changeSet();
                assertThat(commitOf.computeIfAbsent(set, first -> commit.position()))
                        .isEqualTo(commit.position());
                events.merge(set, 1, Integer::sum);
            }
        }
        assertThat(events).hasSize(300).allSatisfy((set, count) -> assertThat(count).isEqualTo(7));
    }

    @Test
    default void the_writer_takes_no_more_into_a_commit_than_its_bound() {
        List<ChangeSet> sets = new ArrayList<>();
        for (int i = 0; i < 2 * Limits.COMMIT_EVENTS + 500; i++) {
            sets.add(oneEvent("ci:a", i));
        }

        pipeline(sets).forEach(CompletableFuture::join);

        assertThat(log().head().size()).isEqualTo(sets.size());
        assertThat(allCommits())
                .allSatisfy(
                        commit ->
                                assertThat(commit.events())
                                        .hasSizeLessThanOrEqualTo(Limits.COMMIT_EVENTS));
    }

    @Test
    default void an_event_without_an_effective_time_is_effective_when_it_is_recorded() {
        Committed committed = append(oneEvent("ci:a", 0));

        assertThat(log().event(0).orElseThrow().envelope().effectiveAt())
                .isEqualTo(committed.recordedAt());
    }

    @Test
    default void a_change_set_may_build_on_one_that_is_not_yet_durable() {
        List<CompletableFuture<Committed>> outcomes =
                pipeline(
                        List.of(
                                oneEvent("ci:a", 0),
                                changeSet().event("ci:a", 1).event("ci:b", 0).build(),
                                oneEvent("ci:b", 1)));

        assertThat(outcomes)
                .extracting(outcome -> outcome.join().firstPosition())
                .containsExactly(0L, 1L, 3L);
    }

    @Test
    default void commits_chain_and_roots_can_be_derived_again() {
        for (int i = 0; i < 30; i++) {
            append(
                    changeSet()
                            .event("ci:a", 2L * i)
                            .event("ci:b", i)
                            .event("ci:a", 2L * i + 1)
                            .build());
        }

        assertThat(LogVerification.of(log())).isEqualTo(90);
    }

    private static String utf8Hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
