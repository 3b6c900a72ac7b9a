package dev.cadastre.eventstore.mongodb;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several logs over one database, as processes would have them. */
class SeveralWritersTest {

    private static final TestServer SERVER = MongoServers.emulator();
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<EventLog> logs = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void makeDatabase() {
        database = SERVER.freshDatabase();
    }

    @AfterEach
    void dropDatabase() {
        logs.forEach(EventLog::close);
        database.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void racing_writers_leave_one_dense_log_in_which_nothing_acknowledged_is_lost(boolean lease)
            throws Exception {
        int writers = 4;
        int each = 150;
        for (int writer = 0; writer < writers; writer++) {
            open(lease);
        }

        List<Committed> acknowledged = new ArrayList<>();
        for (List<Committed> own :
                together(
                        writers,
                        writer -> {
                            List<Committed> own = new ArrayList<>();
                            for (int i = 0; i < each; i++) {
                                long seen = logs.get(writer).head().size();
                                Committed committed =
                                        logs.get(writer).append(oneEvent("ci:" + writer, i)).join();
                                assertThat(committed.firstPosition()).isGreaterThanOrEqualTo(seen);
                                own.add(committed);
                            }
                            return own;
                        })) {
            acknowledged.addAll(own);
        }

        assertThat(acknowledged)
                .extracting(Committed::firstPosition)
                .hasSize(writers * each)
                .doesNotHaveDuplicates();
        for (EventLog log : logs) {
            awaitSize(log, (long) writers * each);
            assertThat(LogVerification.of(log)).isEqualTo((long) writers * each);
        }
        assertThat(epochs(logs.getFirst())).hasSize(writers);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_of_racing_writers_wins_a_sequence_number_a_key_and_a_unique_value(boolean lease)
            throws Exception {
        for (int writer = 0; writer < 3; writer++) {
            open(lease);
        }
        for (int round = 0; round < 10; round++) {
            int number = round;
            List<String> results =
                    together(3, writer -> outcome(logs.get(writer), oneEvent("ci:shared", number)));
            assertThat(results)
                    .containsOnlyOnce("ok")
                    .filteredOn("SequenceConflict"::equals)
                    .hasSize(2);

            results =
                    together(
                            3,
                            writer ->
                                    outcome(
                                            logs.get(writer),
                                            changeSet()
                                                    .event("ci:k" + writer + "-" + number, 0)
                                                    .key("key-" + number, utf8("d"))
                                                    .build()));
            assertThat(results).containsOnlyOnce("ok").filteredOn("KeyTaken"::equals).hasSize(2);

            results =
                    together(
                            3,
                            writer ->
                                    outcome(
                                            logs.get(writer),
                                            changeSet()
                                                    .event("ci:c" + writer + "-" + number, 0)
                                                    .claim("serial:" + number, 0)
                                                    .build()));
            assertThat(results)
                    .containsOnlyOnce("ok")
                    .filteredOn("ClaimConflict"::equals)
                    .hasSize(2);
        }
        awaitSize(logs.getFirst(), 30);
        assertThat(LogVerification.of(logs.getFirst())).isEqualTo(30);
    }

    @Test
    void head_and_bells_follow_the_commits_of_other_processes() throws Exception {
        EventLog writer = open(true);
        EventLog reader = open(true);
        CountDownLatch rung = new CountDownLatch(1);
        reader.onCommit(
                () -> {
                    if (reader.head().size() == 2 && reader.commits(0, 10).size() == 2) {
                        rung.countDown();
                    }
                });

        writer.append(oneEvent("ci:a", 0)).join();
        writer.append(oneEvent("ci:a", 1)).join();

        assertThat(rung.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(reader.head()).usingRecursiveComparison().isEqualTo(writer.head());
        assertThat(reader.append(oneEvent("ci:a", 2)).join().firstPosition()).isEqualTo(2);
    }

    @Test
    void a_log_that_slept_takes_in_all_it_missed_and_builds_on_it() {
        EventLog first = open(true);
        EventLog second = open(true);
        List<CompletableFuture<Committed>> outcomes = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            outcomes.add(first.append(oneEvent("ci:a", i)));
        }
        outcomes.forEach(CompletableFuture::join);

        assertThat(second.append(oneEvent("ci:a", 3_000)).join().firstPosition()).isEqualTo(3_000);
        assertThat(LogVerification.of(second)).isEqualTo(3_001);
    }

    private EventLog open(boolean lease) {
        MongoLogSettings settings = MongoLogSettings.of(database.uri()).allowingStandalone();
        EventLog log = MongoLog.open(lease ? settings : settings.withoutLease(), Clock.systemUTC());
        logs.add(log);
        return log;
    }

    private static String outcome(EventLog log, ChangeSet changeSet) {
        try {
            log.append(changeSet).join();
            return "ok";
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(LogException.class);
            return e.getCause().getClass().getSimpleName();
        }
    }

    private static Set<Long> epochs(EventLog log) {
        return log.commits(0, 10_000).stream().map(Commit::epoch).collect(Collectors.toSet());
    }

    private static void awaitSize(EventLog log, long size) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        try (EventLog.Registration _ =
                log.onCommit(
                        () -> {
                            if (log.head().size() >= size) {
                                reached.countDown();
                            }
                        })) {
            assertThat(
                            log.head().size() >= size
                                    || reached.await(SOON.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @FunctionalInterface
    private interface Racer<T> {
        T run(int writer) throws Exception;
    }

    private static <T> List<T> together(int writers, Racer<T> racer) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<T>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int own = writer;
                running.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return racer.run(own);
                                }));
            }
            start.countDown();
            for (Future<T> future : running) {
                results.add(future.get());
            }
        }
        return results;
    }
}
