package dev.cadastre.eventstore.mongodb;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import dev.cadastre.eventstore.mongodb.RefusingServer.Refusal;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database answers, but takes no writes: its disk is full, or the user lost the right. */
class RefusedWritesTest {

    private static RefusingServer server;

    private TestDatabase database;

    @BeforeAll
    static void start() {
        server = new RefusingServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void create() {
        database = server.freshDatabase();
    }

    @AfterEach
    void drop() {
        server.refuse(Refusal.NONE);
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "READING_USER, the database user lacks a right",
        "FULL_DISK, the disk of the database server is full",
        "BLOCKED_WRITES, the database blocks writes"
    })
    void appends_are_refused_in_words_and_taken_again_by_itself(Refusal refusal, String words) {
        try (EventLog log = open()) {
            log.append(oneEvent("ci:a", 0)).join();

            server.refuse(refusal);
            assertThatThrownBy(() -> log.append(oneEvent("ci:a", 1)).join())
                    .hasCauseInstanceOf(Unavailable.class)
                    .hasMessageContaining(words);
            assertThat(log.readOnlyReason()).get().asString().contains(words);
            assertThat(log.stream("ci:a", 0)).hasSize(1);
            assertThat(log.commits(0, 10)).hasSize(1);

            server.refuse(Refusal.NONE);
            await().until(() -> log.readOnlyReason().isEmpty());
            log.append(oneEvent("ci:a", 1)).join();
            assertThat(LogVerification.of(log)).isEqualTo(2);
        }
    }

    @Test
    void a_user_that_is_dropped_ends_reading_too_until_it_is_back() {
        try (EventLog log = open()) {
            log.append(oneEvent("ci:a", 0)).join();

            server.refuse(Refusal.NO_USER);
            await().until(() -> log.readOnlyReason().isPresent());
            assertThatThrownBy(() -> log.commits(0, 10)).isInstanceOf(Unavailable.class);

            server.refuse(Refusal.NONE);
            await().until(() -> log.readOnlyReason().isEmpty());
            log.append(oneEvent("ci:a", 1)).join();
            assertThat(LogVerification.of(log)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "READING_USER, the database user lacks a right",
        "FULL_DISK, the disk of the database server is full",
        "BLOCKED_WRITES, the database blocks writes"
    })
    void of_a_large_change_set_nothing_shows_before_all_of_it_is_stored(
            Refusal refusal, String words) {
        ChangeSet large = large();
        try (EventLog log = open()) {
            log.append(oneEvent("ci:a", 0)).join();

            server.refuse(refusal);
            assertThatThrownBy(() -> log.append(large).join())
                    .hasCauseInstanceOf(Unavailable.class)
                    .hasMessageContaining(words);
            assertThat(log.stream("ci:large", 0)).isEmpty();

            server.refuse(Refusal.NONE);
            await().until(() -> log.readOnlyReason().isEmpty());
            assertThat(log.stream("ci:large", 0)).isEmpty();
            log.append(large).join();
            assertThat(log.stream("ci:large", 0)).hasSize(large.events().size());
            assertThat(LogVerification.of(log)).isEqualTo(1 + large.events().size());
        }
    }

    private static ChangeSet large() {
        byte[] payload = new byte[1 << 20];
        new Random(20_261_124).nextBytes(payload);
        var changeSet = changeSet();
        for (int i = 0; i < 13; i++) {
            changeSet.event("ci:large", i, "ci.described", payload, null, Long.MAX_VALUE);
        }
        return changeSet.build();
    }

    @ParameterizedTest
    @CsvSource({
        "READING_USER, role readWrite on the database",
        "NO_USER, role readWrite on the database",
        "FULL_DISK, the disk of the database server is full",
        "BLOCKED_WRITES, the database blocks writes"
    })
    void a_log_is_not_opened_by_who_cannot_write_it(Refusal refusal, String words) {
        server.refuse(refusal);
        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("127.0.0.1");

        server.refuse(Refusal.NONE);
        try (EventLog log = open()) {
            log.append(oneEvent("ci:a", 0)).join();
        }

        server.refuse(refusal);
        assertThatThrownBy(this::open)
                .isInstanceOfAny(CannotOpen.class, Unavailable.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("127.0.0.1");

        server.refuse(Refusal.NONE);
        try (EventLog log = open()) {
            assertThat(LogVerification.of(log)).isEqualTo(1);
        }
    }

    private EventLog open() {
        return MongoLog.open(
                MongoLogSettings.of(database.uri()).allowingStandalone(), Clock.systemUTC());
    }
}
