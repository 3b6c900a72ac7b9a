package dev.cadastre.eventstore.mongodb;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.KeyTaken;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.mongodb.FaultyConnection.Fault;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database goes away, and comes back. */
class OutageTest {

    private static final TestServer SERVER = MongoServers.emulator();

    private TestDatabase database;
    private FaultyConnection connection;
    private EventLog log;

    @BeforeEach
    void open() throws IOException {
        database = SERVER.freshDatabase();
        connection = new FaultyConnection(database.uri());
        log = open(connection.uri());
        log.append(oneEvent("ci:a", 0)).join();
    }

    @AfterEach
    void close() throws IOException {
        connection.set(Fault.NONE);
        log.close();
        connection.close();
        database.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void a_database_that_is_away_fails_appends_and_takes_them_again_once_it_is_back() {
        connection.set(Fault.DOWN);

        assertThatThrownBy(() -> log.append(oneEvent("ci:a", 1)).join())
                .hasCauseInstanceOf(Unavailable.class)
                .hasMessageContaining("does not answer");
        assertThat(log.readOnlyReason()).get().asString().contains("does not answer");
        long before = System.nanoTime();
        assertThatThrownBy(() -> log.append(oneEvent("ci:b", 0)).join())
                .hasCauseInstanceOf(Unavailable.class);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isLessThan(4);
        assertThatThrownBy(() -> log.commits(0, 10)).isInstanceOf(Unavailable.class);

        connection.set(Fault.NONE);
        await(() -> log.readOnlyReason().isEmpty());
        // The first was on its way when the connection ended: it is there, or it is not.
        long next = log.streamHead("ci:a").nextSequenceNumber();
        assertThat(next).isBetween(1L, 2L);
        assertThat(log.stream("ci:b", 0)).isEmpty();
        log.append(oneEvent("ci:a", next)).join();
        assertThat(LogVerification.of(log)).isEqualTo(next + 1);
    }

    @Test
    void a_commit_whose_answer_is_lost_is_settled_before_anything_else() {
        connection.set(Fault.ANSWERS_LOST);
        CompletableFuture<Committed> first =
                log.append(changeSet().event("ci:a", 1).key("k", utf8("d")).build());
        Throwable failure = catchThrowable(first::join);
        assertThat(failure).hasCauseInstanceOf(Unavailable.class);
        assertThat(connection.answersLost()).isPositive();

        connection.set(Fault.NONE);
        await(() -> log.readOnlyReason().isEmpty());

        Throwable again =
                catchThrowable(
                        () ->
                                log.append(changeSet().event("ci:a", 1).key("k", utf8("d")).build())
                                        .join());
        assertThat(again == null || again.getCause() instanceof KeyTaken).isTrue();
        assertThat(log.stream("ci:a", 0)).hasSize(2);
        assertThat(log.head().size()).isEqualTo(2);
        assertThat(LogVerification.of(log)).isEqualTo(2);
    }

    @Test
    void nothing_acknowledged_is_lost_and_nothing_is_there_twice_however_often_it_goes_away()
            throws InterruptedException {
        Random random = new Random(20_261_124);
        Thread network =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; i < 8; i++) {
                                        LockSupport.parkNanos(
                                                TimeUnit.MILLISECONDS.toNanos(
                                                        40 + random.nextInt(120)));
                                        connection.set(
                                                random.nextBoolean()
                                                        ? Fault.DOWN
                                                        : Fault.ANSWERS_LOST);
                                        LockSupport.parkNanos(
                                                TimeUnit.MILLISECONDS.toNanos(
                                                        10 + random.nextInt(60)));
                                        connection.set(Fault.NONE);
                                    }
                                });
        List<Committed> acknowledged = new ArrayList<>();
        int number = 0;
        while (network.isAlive() || acknowledged.size() < 50) {
            String key = "request-" + number;
            try {
                acknowledged.add(
                        log.append(
                                        changeSet()
                                                .event("ci:n" + number, 0)
                                                .key(key, utf8("d"))
                                                .build())
                                .join());
                number++;
            } catch (CompletionException e) {
                if (e.getCause() instanceof KeyTaken) {
                    number++;
                } else {
                    assertThat(e).hasCauseInstanceOf(Unavailable.class);
                    await(() -> log.readOnlyReason().isEmpty());
                }
            }
        }
        network.join();

        for (Committed committed : acknowledged) {
            assertThat(log.event(committed.firstPosition())).isPresent();
        }
        for (int i = 0; i < number; i++) {
            assertThat(log.stream("ci:n" + i, 0)).hasSize(1);
        }
        assertThat(LogVerification.of(log)).isEqualTo(number + 1L);
    }

    @Test
    void the_other_processes_go_on_meanwhile_and_what_they_wrote_is_taken_in() {
        try (EventLog other = open(database.uri())) {
            connection.set(Fault.DOWN);
            assertThatThrownBy(() -> log.append(oneEvent("ci:a", 1)).join())
                    .hasCauseInstanceOf(Unavailable.class);
            other.append(oneEvent("ci:a", 1)).join();
            other.append(oneEvent("ci:a", 2)).join();

            connection.set(Fault.NONE);
            await(() -> log.readOnlyReason().isEmpty() && log.head().size() == 3);
            log.append(oneEvent("ci:a", 3)).join();
            assertThat(LogVerification.of(log)).isEqualTo(4);
        }
    }

    @Test
    void a_database_that_is_away_at_the_start_is_told_apart_from_one_that_is_refused()
            throws IOException {
        try (FaultyConnection away = new FaultyConnection(database.uri())) {
            away.set(Fault.DOWN);

            assertThatThrownBy(() -> open(away.uri()))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    private static EventLog open(String uri) {
        return MongoLog.open(MongoLogSettings.of(uri).allowingStandalone(), Clock.systemUTC());
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
