package dev.cadastre.eventstore.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writers that were beaten take turns. */
class WriterLeaseTest {

    private static final TestServer SERVER = MongoServers.emulator();
    private static final Runnable NOTHING = () -> {};

    private TestDatabase database;
    private MongoClient client;
    private MongoDatabase collections;

    @BeforeEach
    void makeDatabase() {
        database = SERVER.freshDatabase();
        client = MongoClients.create(database.uri());
        collections = client.getDatabase(database.name());
    }

    @AfterEach
    void dropDatabase() {
        client.close();
        database.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void who_is_seldom_beaten_does_not_touch_the_lease() {
        WriterLease writer = new WriterLease(collections);
        writer.beaten();

        assertThat(writer.awaitTurn(NOTHING)).isFalse();
        assertThat(collections.getCollection(LogDatabase.STATE).countDocuments()).isZero();
    }

    @Test
    void who_waits_takes_in_meanwhile_what_is_committed_and_goes_when_the_turn_is_passed_on()
            throws Exception {
        WriterLease holder = beaten();
        WriterLease waiting = beaten();
        assertThat(holder.awaitTurn(NOTHING)).isTrue();
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch waits = new CountDownLatch(2);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Boolean> turn =
                    thread.submit(
                            () ->
                                    waiting.awaitTurn(
                                            () -> {
                                                taken.incrementAndGet();
                                                waits.countDown();
                                            }));
            assertThat(waits.await(20, TimeUnit.SECONDS)).isTrue();
            holder.passTurn();

            assertThat(turn.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(taken).hasValueGreaterThanOrEqualTo(2);
            assertThat(waiting.awaitTurn(NOTHING)).as("still its turn").isFalse();
        }
    }

    @Test
    void turns_go_round_in_the_order_of_waiting() throws Exception {
        WriterLease holder = beaten();
        holder.awaitTurn(NOTHING);
        List<String> turns = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> running = new ArrayList<>();
            for (String name : List.of("first", "second")) {
                WriterLease waiting = beaten();
                CountDownLatch waits = new CountDownLatch(1);
                running.add(
                        threads.submit(
                                () -> {
                                    waiting.awaitTurn(waits::countDown);
                                    turns.add(name);
                                    waiting.passTurn();
                                }));
                assertThat(waits.await(20, TimeUnit.SECONDS)).isTrue();
            }
            holder.passTurn();
            for (Future<?> one : running) {
                one.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(turns).containsExactly("first", "second");
    }

    @Test
    void who_waits_too_long_goes_anyway() {
        WriterLease holder = beaten();
        WriterLease waiting = beaten();
        holder.awaitTurn(NOTHING);

        assertThat(waiting.awaitTurn(NOTHING)).isTrue();
    }

    private WriterLease beaten() {
        WriterLease writer = new WriterLease(collections);
        writer.beaten();
        writer.beaten();
        return writer;
    }
}
