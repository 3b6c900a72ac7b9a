package dev.cadastre.eventstore.commit;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.LogException.SequenceConflict;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.sqlite.SqliteCommitStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log does when insertions go wrong. */
class GroupCommitLogTest {

    @TempDir Path directory;

    private FaultyStore store;
    private GroupCommitLog log;

    @BeforeEach
    void open() {
        store = new FaultyStore(SqliteCommitStore.open(directory));
        log = new GroupCommitLog(store, Clock.systemUTC());
        log.append(oneEvent("ci:a", 0)).join();
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void a_commit_that_was_stored_unheard_is_acknowledged_once() {
        store.next(FaultyStore.ANSWER_LOST);

        Committed committed = log.append(oneEvent("ci:a", 1)).join();

        assertThat(committed.firstPosition()).isEqualTo(1);
        assertThat(log.head().size()).isEqualTo(2);
        assertThat(store.inserted()).hasSize(3);
        assertThat(store.inserted().get(2)).isEqualTo(store.inserted().get(1));
        assertThat(log.append(oneEvent("ci:a", 2)).join().firstPosition()).isEqualTo(2);
        assertThat(LogVerification.of(log)).isEqualTo(3);
    }

    @Test
    void a_stream_that_began_in_a_commit_stored_unheard_goes_on() {
        store.next(FaultyStore.ANSWER_LOST);
        log.append(oneEvent("ci:new", 0)).join();

        log.append(changeSet().event("ci:new", 1, "ci.related", "ci:new").build()).join();

        assertThat(log.stream("ci:new", 0)).hasSize(2);
        assertThat(log.referencing("ci:new")).containsExactly("ci:new");
    }

    @Test
    void a_commit_that_was_lost_on_its_way_is_inserted_again_with_the_same_id() {
        store.next(FaultyStore.REQUEST_LOST, FaultyStore.REQUEST_LOST);

        Committed committed = log.append(oneEvent("ci:a", 1)).join();

        assertThat(committed.firstPosition()).isEqualTo(1);
        assertThat(store.inserted().subList(1, 4)).containsOnly(store.inserted().get(1));
        assertThat(LogVerification.of(log)).isEqualTo(2);
    }

    @Test
    void after_a_commit_that_failed_for_good_everything_waiting_fails_and_the_log_only_reads() {
        store.next(
                FaultyStore.DISK_FULL,
                FaultyStore.DISK_FULL,
                FaultyStore.REQUEST_LOST,
                FaultyStore.DISK_FULL);

        CompletableFuture<Committed> first = log.append(oneEvent("ci:a", 1));
        CompletableFuture<Committed> queued = log.append(oneEvent("ci:a", 2));

        for (CompletableFuture<Committed> outcome :
                List.of(first, queued, log.append(oneEvent("ci:b", 0)))) {
            assertThatThrownBy(outcome::join)
                    .hasCauseInstanceOf(Unavailable.class)
                    .hasMessageContaining("the disk is full");
        }
        assertThat(log.readOnlyReason()).get().asString().contains("the disk is full");
        assertThat(log.head().size()).isEqualTo(1);
        assertThat(log.stream("ci:a", 0)).hasSize(1);
        assertThat(log.streamHead("ci:a").nextSequenceNumber()).isEqualTo(1);

        log.close();
        log = new GroupCommitLog(SqliteCommitStore.open(directory), Clock.systemUTC());
        assertThat(log.append(oneEvent("ci:a", 1)).join().firstPosition()).isEqualTo(1);
        assertThat(LogVerification.of(log)).isEqualTo(2);
    }

    @Test
    void where_another_writer_took_the_slot_all_are_judged_again_behind_it() {
        store.next(
                (behind, commit) -> {
                    CommitWriter other = new CommitWriter(behind, Clock.systemUTC(), behind.tail());
                    other.write(
                            List.of(
                                    PreparedChangeSet.of(
                                            changeSet()
                                                    .event("ci:a", 1)
                                                    .event("ci:other", 0)
                                                    .build())));
                    return behind.insert(commit);
                });

        CompletableFuture<Committed> beaten = log.append(oneEvent("ci:a", 1));
        CompletableFuture<Committed> other = log.append(oneEvent("ci:b", 0));

        assertThatThrownBy(beaten::join).hasCauseInstanceOf(SequenceConflict.class);
        assertThat(other.join().firstPosition()).isEqualTo(3);
        assertThat(log.readOnlyReason()).isEmpty();
        assertThat(log.append(oneEvent("ci:a", 2)).join().firstPosition()).isEqualTo(4);
        assertThat(LogVerification.of(log)).isEqualTo(5);
    }

    @Test
    void a_programming_error_is_told_to_the_caller_and_harms_nobody() {
        assertThatThrownBy(() -> log.append(changeSet().event("", 0).build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.append(changeSet().event("ci:\uD83D", 0).build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.append(changeSet().event("ci:b", 0, "t", "ci:\uDE00").build()))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(log.append(oneEvent("ci:a", 1)).join().firstPosition()).isEqualTo(1);
    }
}
