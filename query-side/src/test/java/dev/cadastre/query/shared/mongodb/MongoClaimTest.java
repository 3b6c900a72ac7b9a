package dev.cadastre.query.shared.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.histories.AnyMongoServer;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MongoClaimTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration RENEWED_EACH_SECOND = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofMillis(200);

    private TestServer server;
    private TestDatabase fresh;
    private MongoClient client;
    private MongoDatabase database;
    private SharedDatabase shared;

    @BeforeEach
    void open() {
        server = AnyMongoServer.start();
        fresh = server.freshDatabase();
        client = MongoClients.create(fresh.uri());
        database = client.getDatabase(fresh.name());
        shared = SharedDatabase.of(database);
    }

    @AfterEach
    void close() {
        client.close();
        fresh.close();
        server.close();
    }

    @Test
    void one_of_many_gets_it() throws Exception {
        List<Callable<Boolean>> askers =
                Stream.generate(() -> new MongoClaim(shared, "work", LONG))
                        .limit(8)
                        .<Callable<Boolean>>map(claim -> claim::isHeld)
                        .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            int held = 0;
            for (Future<Boolean> answer : threads.invokeAll(askers)) {
                held += answer.get() ? 1 : 0;
            }
            assertThat(held).isOne();
        }
    }

    @Test
    void whoever_goes_on_renewing_it_keeps_it() {
        try (MongoClaim first = new MongoClaim(shared, "work", RENEWED_EACH_SECOND);
                MongoClaim second = new MongoClaim(shared, "work", RENEWED_EACH_SECOND)) {
            assertThat(first.isHeld()).isTrue();
            Date before = claim().getDate("expires");
            while (claim().getDate("expires").equals(before)) {
                assertThat(first.isHeld()).isTrue();
                assertThat(second.isHeld()).isFalse();
            }
            assertThat(claim().getLong("epoch")).isOne();
        }
    }

    @Test
    void it_is_free_when_it_runs_out_and_when_it_is_given_up() {
        MongoClaim dead = new MongoClaim(shared, "work", SHORT);
        assertThat(dead.isHeld()).isTrue();
        MongoClaim next = new MongoClaim(shared, "work", LONG);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!next.isHeld()) {
            // The one without asks seldom where the lease is long, so a new one asks each time.
            next = new MongoClaim(shared, "work", LONG);
            assertThat(System.nanoTime()).isLessThan(end);
        }
        assertThat(claim().getLong("epoch")).isEqualTo(2);
        next.close();
        assertThat(new MongoClaim(shared, "work", LONG).isHeld()).isTrue();
        assertThat(claim().getLong("epoch")).isEqualTo(3);
    }

    @Test
    void whoever_stood_still_knows_without_asking_that_it_is_lost() {
        MongoClaim sleeper = new MongoClaim(shared, "work", SHORT);
        MongoClaim other = new MongoClaim(shared, "other work", LONG);
        assertThat(sleeper.epoch()).isEmpty();
        assertThat(sleeper.isHeld()).isTrue();
        assertThat(other.isHeld()).isTrue();
        await().until(() -> sleeper.epoch().isEmpty());
        MongoClaim next = new MongoClaim(shared, "work", Duration.ofSeconds(5));
        await().until(next::isHeld);

        assertThat(next.epoch()).hasValue(2);
        assertThat(sleeper.epoch()).isEmpty();
        sleeper.close();
        next.close();
        assertThat(next.epoch()).isEmpty();
        assertThat(other.epoch()).hasValue(1);
    }

    @Test
    void whoever_asks_whether_another_has_it_takes_nothing() {
        try (MongoClaim first = new MongoClaim(shared, "work", SHORT);
                MongoClaim onlooker = new MongoClaim(shared, "work", LONG)) {
            assertThat(onlooker.isHeldByAnother()).isFalse();
            assertThat(first.isHeld()).isTrue();
            assertThat(first.isHeldByAnother()).isFalse();
            assertThat(onlooker.isHeldByAnother()).isTrue();
            // It runs out, since nobody renews it.
            await().until(() -> !onlooker.isHeldByAnother());
            assertThat(claim().getLong("epoch")).isOne();
        }
    }

    private Document claim() {
        return database.getCollection("claims").find().first();
    }
}
