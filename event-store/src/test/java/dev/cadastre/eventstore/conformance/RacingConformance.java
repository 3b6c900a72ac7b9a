package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.ClaimConflict;
import dev.cadastre.eventstore.log.LogException.KeyTaken;
import dev.cadastre.eventstore.log.LogException.SequenceConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Many callers at once. */
interface RacingConformance extends LogUnderTest {

    int RACERS = 32;
    int ROUNDS = 10;

    @Test
    default void exactly_one_of_many_racers_wins_a_sequence_number() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long number = round;
            Outcomes outcomes = race(racer -> oneEvent("ci:a", number));

            assertThat(outcomes.won()).hasSize(1);
            assertThat(outcomes.lost())
                    .hasSize(RACERS - 1)
                    .allSatisfy(
                            refusal -> {
                                assertThat(refusal).isInstanceOf(SequenceConflict.class);
                                assertThat(((SequenceConflict) refusal).actual())
                                        .isEqualTo(number + 1);
                            });
        }
        assertThat(LogVerification.of(log())).isEqualTo(ROUNDS);
    }

    @Test
    default void equal_requests_at_once_are_recorded_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "request:p:" + round;
            String prefix = "ci:" + round + "-";
            Outcomes outcomes =
                    race(
                            racer ->
                                    changeSet()
                                            .event(prefix + racer, 0)
                                            .key(key, utf8("digest"))
                                            .build());

            assertThat(outcomes.won()).hasSize(1);
            long position = outcomes.won().getFirst().lastPosition();
            assertThat(outcomes.lost())
                    .hasSize(RACERS - 1)
                    .allSatisfy(
                            refusal -> {
                                assertThat(refusal).isInstanceOf(KeyTaken.class);
                                assertThat(((KeyTaken) refusal).record().lastPosition())
                                        .isEqualTo(position);
                            });
        }
    }

    @Test
    default void a_unique_value_has_one_winner_over_all_streams() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String value = "asset-tag:" + round;
            String prefix = "asset:" + round + "-";
            Outcomes outcomes =
                    race(racer -> changeSet().event(prefix + racer, 0).claim(value, 0).build());

            assertThat(outcomes.won()).hasSize(1);
            assertThat(outcomes.lost())
                    .hasSize(RACERS - 1)
                    .allSatisfy(refusal -> assertThat(refusal).isInstanceOf(ClaimConflict.class));
            assertThat(log().claims(value)).hasSize(1);
        }
    }

    @Test
    default void who_appends_after_an_acknowledgement_comes_to_lie_behind_it() throws Exception {
        List<Callable<List<Committed>>> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            String stream = "ci:" + caller;
            callers.add(
                    () -> {
                        List<Committed> own = new ArrayList<>();
                        for (int i = 0; i < 50; i++) {
                            long seen = log().head().size();
                            Committed committed = append(oneEvent(stream, i));
                            assertThat(committed.firstPosition()).isGreaterThanOrEqualTo(seen);
                            assertThat(log().head().size()).isGreaterThan(committed.lastPosition());
                            own.add(committed);
                        }
                        return own;
                    });
        }

        List<Long> positions = new ArrayList<>();
        for (List<Committed> own : together(callers)) {
            own.forEach(committed -> positions.add(committed.firstPosition()));
        }

        assertThat(positions).hasSize(400).doesNotHaveDuplicates();
        assertThat(LogVerification.of(log())).isEqualTo(400);
    }

    @Test
    default void a_reader_during_writes_sees_prefixes_of_the_final_log() throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        Callable<List<Commit>> reader =
                () -> {
                    List<Commit> seen = new ArrayList<>();
                    long position = 0;
                    boolean last = false;
                    while (!last) {
                        last = !writing.get();
                        List<Commit> more = log().commits(position, 100);
                        for (Commit commit : more) {
                            assertThat(commit.position()).isEqualTo(position);
                            position += commit.events().size();
                        }
                        last &= more.isEmpty();
                        seen.addAll(more);
                    }
                    return seen;
                };
        Callable<List<Commit>> writer =
                () -> {
                    List<ChangeSet> sets = new ArrayList<>();
                    for (int i = 0; i < 2_000; i++) {
                        sets.add(changeSet().event("ci:a", i).event("ci:b", i).build());
                    }
                    pipeline(sets).forEach(outcome -> outcome.join());
                    writing.set(false);
                    return List.of();
                };

        List<List<Commit>> results = together(List.of(reader, reader, writer));

        List<Commit> whole = allCommits();
        assertThat(log().head().size()).isEqualTo(4_000);
        for (List<Commit> seen : results.subList(0, 2)) {
            assertThat(LogUnderTest.written(seen)).isEqualTo(LogUnderTest.written(whole));
        }
    }

    /** How a race ended. */
    record Outcomes(List<Committed> won, List<LogException> lost) {}

    private Outcomes race(IntFunction<ChangeSet> racers) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Callable<Object>> callers = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
            ChangeSet changeSet = racers.apply(racer);
            callers.add(
                    () -> {
                        start.await();
                        try {
                            return append(changeSet);
                        } catch (CompletionException e) {
                            return e.getCause();
                        }
                    });
        }
        callers.add(
                () -> {
                    start.countDown();
                    return "started";
                });
        Outcomes outcomes = new Outcomes(new ArrayList<>(), new ArrayList<>());
        for (Object outcome : together(callers)) {
            switch (outcome) {
                case Committed committed -> outcomes.won().add(committed);
                case LogException refusal -> outcomes.lost().add(refusal);
                default -> assertThat(outcome).isEqualTo("started");
            }
        }
        return outcomes;
    }

    private static <T> List<T> together(List<Callable<T>> callers) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<T>> running = callers.stream().map(threads::submit).toList();
            for (Future<T> future : running) {
                results.add(future.get());
            }
        }
        return results;
    }
}
