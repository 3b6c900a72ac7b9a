package dev.cadastre.query.versions.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.histories.AnyMongoServer;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SeededHistory;
import dev.cadastre.query.register.current.CurrentRegister;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.versions.CurrentContents;
import dev.cadastre.query.versions.store.Body;
import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.CurrentTable;
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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several query-side processes on one database, each with a client and an index of its own. */
class SharedStoresTest {

    private static final Duration WAIT = Duration.ofSeconds(20);
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
        try (Process first = new Process("first", recorded.log(), NOBODY_DIES)) {
            first.awaitEverythingWritten();
            try (Process second = new Process("second", recorded.log(), NOBODY_DIES)) {
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
            try (Process alive = new Process("alive", recorded.log(), shortLease)) {
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
            try (Process alive = new Process("alive", recorded.log(), impatient)) {
                alive.awaitBodies();
                assertThat(alive.stores.versions().token().root())
                        .isEqualTo(recorded.log().head().root());
            }
        }
    }

    @Test
    void a_process_that_was_away_catches_up_without_its_image() throws Exception {
        try (Process first = new Process("first", recorded.log(), NOBODY_DIES)) {
            first.awaitEverythingWritten();
        }
        try (Process second = new Process("second", recorded.log(), NOBODY_DIES)) {
            history(3).forEach(recorded::changeSet);
            second.awaitEverythingWritten();
            try (Process first = new Process("first", recorded.log(), NOBODY_DIES);
                    Process third = new Process("third", recorded.log(), NOBODY_DIES)) {
                first.awaitBodies();
                third.awaitBodies();
                assertThat(first.now()).isEqualTo(second.now());
                assertThat(third.now()).isEqualTo(second.now());
            }
        }
    }

    @Test
    void what_another_history_has_left_is_rebuilt() throws Exception {
        try (Process before = new Process("before", recorded.log(), NOBODY_DIES)) {
            before.awaitEverythingWritten();
        }
        try (Recorded other = otherHistory(40);
                Process after = new Process("after", other.log(), NOBODY_DIES)) {
            after.awaitEverythingWritten();
            assertThat(after.stores.versions().token().root()).isEqualTo(other.log().head().root());
            assertThat(after.collections()).isEqualTo(after.nowInCollections());
        }
    }

    @Test
    void what_a_longer_log_has_left_is_rebuilt() throws Exception {
        try (Process before = new Process("before", recorded.log(), NOBODY_DIES)) {
            before.awaitEverythingWritten();
        }
        try (Recorded shorter = otherHistory(3);
                Process after = new Process("after", shorter.log(), NOBODY_DIES)) {
            after.awaitEverythingWritten();
            assertThat(after.stores.versions().token().root())
                    .isEqualTo(shorter.log().head().root());
            assertThat(after.collections()).isEqualTo(after.nowInCollections());
        }
    }

    @Test
    void a_token_that_is_ahead_of_what_can_be_seen_of_the_log_is_waited_for() throws Exception {
        try (Process first = new Process("first", recorded.log(), NOBODY_DIES)) {
            first.awaitEverythingWritten();
        }
        MongoTiming patient = new MongoTiming(HOUR, HOUR, HOUR);
        AtomicInteger blindLooks = new AtomicInteger(3);
        try (Process second =
                new Process("second", seeingNothingAtFirst(recorded.log(), blindLooks), patient)) {
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
        try (Process old = new Process("old", recorded.log(), NOBODY_DIES)) {
            old.awaitEverythingWritten();
            try (Recorded other = otherHistory(40);
                    Process fresh = new Process("fresh", other.log(), NOBODY_DIES)) {
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

    /** A query-side process without its HTTP. */
    private final class Process implements AutoCloseable {
        private final AtomicInteger writes = new AtomicInteger();
        private final EventLog log;
        private final MongoClient client;
        private final MongoStores stores;
        private final ProjectedRegister register;
        private final CurrentRegister current;

        Process(String name, EventLog log, MongoTiming timing) throws IOException {
            this.log = log;
            this.client =
                    MongoClients.create(
                            MongoClientSettings.builder()
                                    .applyConnectionString(new ConnectionString(database.uri()))
                                    .addCommandListener(countWrites())
                                    .build());
            this.stores =
                    MongoStores.in(SharedDatabase.of(client.getDatabase(database.name())), timing);
            writes.set(0);
            this.register =
                    new ProjectedRegister(
                            log,
                            Files.createDirectories(directory.resolve(name)),
                            new ProjectionLimits(3, 2_000, 7),
                            stores.versions());
            this.current =
                    CurrentRegister.start(
                            log,
                            register.projection(),
                            register.bodies(),
                            stores.current(),
                            Clock.systemUTC());
        }

        /** Bodies are inserted, rows of the current register replaced. */
        private CommandListener countWrites() {
            return new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    boolean isData =
                            event.getCommandName().equals("insert")
                                    || event.getCommandName().equals("update")
                                            && event.getCommand()
                                                    .getString("update")
                                                    .getValue()
                                                    .startsWith("current_");
                    if (isData) {
                        writes.incrementAndGet();
                    }
                }
            };
        }

        void awaitBodies() throws InterruptedException {
            register.upToDate();
            register.projection().awaitBodies();
        }

        void awaitEverythingWritten() throws InterruptedException {
            awaitBodies();
            long last = log.head().size() - 1;
            await(() -> current.reached() != null && current.reached().position() >= last);
        }

        private void await(BooleanSupplier condition) {
            long end = System.nanoTime() + WAIT.toNanos();
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
                Thread.onSpinWait();
            }
        }

        /** What lists answer now. */
        List<String> now() {
            List<String> answers = new ArrayList<>();
            bodiesNow().forEach(body -> answers.add(new String(body, StandardCharsets.UTF_8)));
            return answers;
        }

        private List<byte[]> bodiesNow() {
            long position = register.view().horizon().position();
            Coordinates at =
                    new Coordinates(
                            Math.max(
                                    Clock.systemUTC().millis() * 1_000,
                                    register.view().horizon().recordedAt()),
                            0,
                            position,
                            false,
                            false);
            List<byte[]> all = new ArrayList<>();
            for (RegisterKind kind : RegisterKind.values()) {
                all.addAll(
                        register.lists()
                                .part(Selection.all(kind), SortOrder.byId(), at, 0, 1_000)
                                .bodies());
            }
            return all;
        }

        SortedMap<String, JsonNode> nowInCollections() {
            SortedMap<String, JsonNode> answers = new TreeMap<>();
            for (byte[] body : bodiesNow()) {
                JsonNode json = CurrentContents.asInCollections(body);
                answers.put(json.get("id").asString(), json);
            }
            return answers;
        }

        SortedMap<String, JsonNode> collections() {
            SortedMap<String, JsonNode> contents = new TreeMap<>();
            for (CurrentTable table : CurrentTable.values()) {
                contents.putAll(CurrentContents.of(client.getDatabase(database.name()), table));
            }
            return contents;
        }

        @Override
        public void close() {
            current.close();
            stores.current().close();
            register.close();
            client.close();
        }
    }
}
