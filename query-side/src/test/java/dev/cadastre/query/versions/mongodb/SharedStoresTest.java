package dev.cadastre.query.versions.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.histories.AnyMongoServer;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SeededHistory;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.versions.store.Body;
import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.MissingBody;
import dev.cadastre.query.versions.store.StoreReplaced;
import dev.cadastre.query.versions.store.TrackingToken;
import dev.cadastre.query.versions.store.VersionStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several query-side processes on one database, each with a client and an index of its own. */
class SharedStoresTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final MongoTiming NOBODY_DIES =
            new MongoTiming(HOUR, HOUR, Duration.ofMillis(300));

    @TempDir Path directory;

    private TestServer server;
    private TestDatabase database;
    private Recorded recorded;

    @BeforeEach
    void record_something() throws IOException {
        server = AnyMongoServer.start();
        database = server.freshDatabase();
        recorded = Recorded.in(Files.createDirectory(directory.resolve("log")), Clock.systemUTC());
        history(1).forEach(recorded::changeSet);
    }

    @AfterEach
    void close() {
        recorded.close();
        database.close();
        server.close();
    }

    @Test
    void all_answer_the_same_and_one_of_them_writes() throws Exception {
        try (SharingProcess first = process("first", recorded.log(), NOBODY_DIES)) {
            first.awaitEverythingWritten();
            try (SharingProcess second = process("second", recorded.log(), NOBODY_DIES)) {
                for (List<Entry> changeSet : history(2)) {
                    recorded.changeSet(changeSet);
                }
                first.awaitEverythingWritten();
                second.awaitBodies();
                assertThat(second.now()).isEqualTo(first.now()).isNotEmpty();
                assertThat(first.collections()).isEqualTo(first.nowInCollections());
                assertThat(first.writes.get()).isPositive();
                assertThat(second.writes.get()).isZero();
            }
        }
    }

    @Test
    void another_process_goes_on_where_a_dead_one_has_stopped() throws Exception {
        MongoTiming shortLease =
                new MongoTiming(Duration.ofMillis(500), HOUR, Duration.ofMillis(300));
        try (MongoClient dead = MongoClients.create(database.uri())) {
            MongoStores itsStores =
                    MongoStores.in(
                            SharedDatabase.of(dead.getDatabase(database.name())), shortLease);
            assertThat(itsStores.current().isClaimed()).isTrue();
            try (SharingProcess alive = process("alive", recorded.log(), shortLease)) {
                alive.awaitEverythingWritten();
                assertThat(alive.collections()).isEqualTo(alive.nowInCollections());
            }
        }
    }

    @Test
    void bodies_do_not_wait_for_a_dead_process_to_lose_its_claim() throws Exception {
        MongoTiming impatient = new MongoTiming(HOUR, Duration.ofMillis(50), HOUR);
        try (MongoClient dead = MongoClients.create(database.uri())) {
            MongoStores itsStores =
                    MongoStores.in(SharedDatabase.of(dead.getDatabase(database.name())), impatient);
            assertThat(itsStores.current().isClaimed()).isTrue();
            try (SharingProcess alive = process("alive", recorded.log(), impatient)) {
                alive.awaitBodies();
                assertThat(alive.stores.versions().token().root())
                        .isEqualTo(recorded.log().head().root());
            }
        }
    }

    @Test
    void a_process_that_was_away_catches_up_without_its_image() throws Exception {
        try (SharingProcess first = process("first", recorded.log(), NOBODY_DIES)) {
            first.awaitEverythingWritten();
        }
        try (SharingProcess second = process("second", recorded.log(), NOBODY_DIES)) {
            history(3).forEach(recorded::changeSet);
            second.awaitEverythingWritten();
            try (SharingProcess first = process("first", recorded.log(), NOBODY_DIES);
                    SharingProcess third = process("third", recorded.log(), NOBODY_DIES)) {
                first.awaitBodies();
                third.awaitBodies();
                assertThat(first.now()).isEqualTo(second.now());
                assertThat(third.now()).isEqualTo(second.now());
            }
        }
    }

    @Test
    void what_another_history_has_left_is_rebuilt() throws Exception {
        try (SharingProcess before = process("before", recorded.log(), NOBODY_DIES)) {
            before.awaitEverythingWritten();
        }
        try (Recorded other = otherHistory(40);
                SharingProcess after = process("after", other.log(), NOBODY_DIES)) {
            after.awaitEverythingWritten();
            assertThat(after.stores.versions().token().root()).isEqualTo(other.log().head().root());
            assertThat(after.collections()).isEqualTo(after.nowInCollections());
        }
    }

    @Test
    void what_a_longer_log_has_left_is_rebuilt() throws Exception {
        try (SharingProcess before = process("before", recorded.log(), NOBODY_DIES)) {
            before.awaitEverythingWritten();
        }
        try (Recorded shorter = otherHistory(3);
                SharingProcess after = process("after", shorter.log(), NOBODY_DIES)) {
            after.awaitEverythingWritten();
            assertThat(after.stores.versions().token().root())
                    .isEqualTo(shorter.log().head().root());
            assertThat(after.collections()).isEqualTo(after.nowInCollections());
        }
    }

    @Test
    void a_token_that_is_ahead_of_what_can_be_seen_of_the_log_is_waited_for() throws Exception {
        try (SharingProcess first = process("first", recorded.log(), NOBODY_DIES)) {
            first.awaitEverythingWritten();
        }
        MongoTiming patient = new MongoTiming(HOUR, HOUR, HOUR);
        AtomicInteger blindLooks = new AtomicInteger(3);
        try (SharingProcess second =
                process("second", seeingNothingAtFirst(recorded.log(), blindLooks), patient)) {
            second.awaitBodies();
            assertThat(blindLooks).hasNonPositiveValue();
            assertThat(generation("versions")).isZero();
            assertThat(generation("current")).isZero();
        }
    }

    /** A log read from a member of a replica set that learns of a majority a little later. */
    private static EventLog seeingNothingAtFirst(EventLog log, AtomicInteger looks) {
        return (EventLog)
                Proxy.newProxyInstance(
                        EventLog.class.getClassLoader(),
                        new Class<?>[] {EventLog.class},
                        (_, method, arguments) ->
                                method.getName().equals("commits") && looks.getAndDecrement() > 0
                                        ? List.of()
                                        : method.invoke(log, arguments));
    }

    private long generation(String token) {
        try (MongoClient client = MongoClients.create(database.uri())) {
            Document found =
                    client.getDatabase(database.name())
                            .getCollection("tokens")
                            .find(new Document("_id", token))
                            .first();
            return found == null ? -1 : found.getLong("generation");
        }
    }

    @Test
    void a_process_of_an_old_history_stops_when_another_has_begun_anew() throws Exception {
        try (SharingProcess old = process("old", recorded.log(), NOBODY_DIES)) {
            old.awaitEverythingWritten();
            try (Recorded other = otherHistory(40);
                    SharingProcess fresh = process("fresh", other.log(), NOBODY_DIES)) {
                fresh.register.upToDate();
                assertThat(old.register.awaitFailure().failure()).contains("Start this process");
                fresh.awaitBodies();
                assertThat(fresh.stores.versions().token().root())
                        .isEqualTo(other.log().head().root());
            }
        }
    }

    @Test
    void a_late_write_of_an_old_history_is_refused_and_leaves_nothing() {
        try (MongoClient client = MongoClients.create(database.uri())) {
            VersionStore late =
                    MongoStores.in(
                                    SharedDatabase.of(client.getDatabase(database.name())),
                                    NOBODY_DIES)
                            .versions();
            late.write(List.of(body(0, "{old}")), token(0, 1));
            VersionStore fresh =
                    MongoStores.in(
                                    SharedDatabase.of(client.getDatabase(database.name())),
                                    new MongoTiming(HOUR, Duration.ZERO, Duration.ZERO))
                            .versions();
            fresh.clear();
            assertThatThrownBy(() -> late.write(List.of(body(1, "{late}")), token(1, 2)))
                    .isInstanceOf(StoreReplaced.class);
            assertThatThrownBy(() -> late.read(List.of(new BodyKey(0, 0))))
                    .isInstanceOf(StoreReplaced.class);
            fresh.write(List.of(body(0, "{new}")), token(0, 3));
            assertThat(fresh.read(List.of(new BodyKey(0, 0)))).containsExactly(bytes("{new}"));
            assertThatThrownBy(() -> fresh.read(List.of(new BodyKey(1, 0))))
                    .isInstanceOf(MissingBody.class)
                    .hasMessageContaining("collection tokens");
        }
    }

    @Test
    void two_that_find_the_same_other_history_begin_anew_once() {
        try (MongoClient client = MongoClients.create(database.uri())) {
            MongoTiming atOnce = new MongoTiming(HOUR, Duration.ZERO, Duration.ZERO);
            VersionStore one =
                    MongoStores.in(SharedDatabase.of(client.getDatabase(database.name())), atOnce)
                            .versions();
            VersionStore other =
                    MongoStores.in(SharedDatabase.of(client.getDatabase(database.name())), atOnce)
                            .versions();
            one.write(List.of(body(7, "{old}")), token(7, 1));
            one.clear();
            one.write(List.of(body(0, "{new}")), token(0, 2));
            other.clear();
            assertThat(other.token()).isEqualTo(token(0, 2));
            assertThat(other.read(List.of(new BodyKey(0, 0)))).containsExactly(bytes("{new}"));
        }
    }

    private SharingProcess process(String name, EventLog log, MongoTiming timing)
            throws IOException {
        return new SharingProcess(directory.resolve(name), log, database, timing);
    }

    private Recorded otherHistory(int changeSets) throws IOException {
        Recorded other =
                Recorded.in(Files.createDirectory(directory.resolve("other")), Clock.systemUTC());
        SeededHistory.changeSets(9, changeSets).forEach(other::changeSet);
        return other;
    }

    private static List<List<Entry>> history(int seed) {
        return SeededHistory.changeSets(seed, 20);
    }

    private static Body body(long position, String json) {
        return new Body("e", new BodyKey(position, 0), bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TrackingToken token(long position, int seed) {
        byte[] root = new byte[32];
        root[0] = (byte) seed;
        return new TrackingToken(position, root);
    }
}
