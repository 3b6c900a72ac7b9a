package dev.cadastre.query.register.current;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.query.histories.AnyMongoServer;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SettableClock;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.versions.CurrentContents;
import dev.cadastre.query.versions.mongodb.MongoStores;
import dev.cadastre.query.versions.sqlite.SqliteCurrentStore;
import dev.cadastre.query.versions.store.CurrentRow;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.CurrentTable;
import dev.cadastre.query.versions.store.CurrentToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The current register says what lists say now, whatever was recorded and whenever. */
class CurrentRegisterProperties {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final StreamId WEB = StreamId.ci("web");
    private static final long SECOND = 1_000_000;

    private TestServer server;
    private Path directory;

    @BeforeProperty
    void open() throws IOException {
        server = AnyMongoServer.start();
        directory = Files.createTempDirectory("current");
    }

    @AfterProperty
    void close() throws IOException {
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    /** Records, or lets time go by: scheduled facts come true without being recorded again. */
    private record Step(List<Entry> changeSet, int seconds) {}

    @Property(tries = 20)
    void tables_of_the_file_are_the_lists_now(@ForAll("steps") List<Step> steps)
            throws IOException {
        Path data = Files.createTempDirectory(directory, "file");
        Path file = data.resolve("current.sqlite");
        SettableClock clock = new SettableClock(RandomHistories.BEGIN);
        try (Recorded recorded = Recorded.in(data, clock);
                ProjectedRegister register =
                        new ProjectedRegister(recorded.log(), data, ProjectedRegister.SMALL)) {
            for (Step step : steps) {
                take(step, recorded, register, clock);
                // Opened anew each time: a restart makes no difference.
                try (SqliteCurrentStore store = SqliteCurrentStore.open(file)) {
                    turn(recorded, register, store, clock);
                    for (RegisterKind kind : RegisterKind.values()) {
                        assertThat(CurrentContents.of(file, tableOf(kind)))
                                .isEqualTo(now(register, kind, clock, false));
                    }
                }
            }
        }
    }

    @Property(tries = 40)
    void collections_of_the_database_are_the_lists_now(@ForAll("steps") List<Step> steps)
            throws IOException {
        overDatabase(
                (recorded, register, store, database, clock) -> {
                    for (Step step : steps) {
                        take(step, recorded, register, clock);
                        turn(recorded, register, store, clock);
                        assertCollections(database, register, clock);
                    }
                });
    }

    @Property(tries = 60)
    void writes_that_come_late_do_no_harm(
            @ForAll("steps") List<Step> steps, @ForAll("choices") List<Integer> choices)
            throws IOException {
        overDatabase(
                (recorded, register, store, database, clock) -> {
                    Iterator<Integer> choice = choices.iterator();
                    List<PausedStore> sleepers = new ArrayList<>();
                    for (Step step : steps) {
                        take(step, recorded, register, clock);
                        switch (choice.next()) {
                            case 0 -> turn(recorded, register, store, clock);
                            case 1 -> {
                                PausedStore sleeper = new PausedStore(store);
                                turn(recorded, register, sleeper, clock);
                                sleepers.add(sleeper);
                            }
                            default -> {
                                if (!sleepers.isEmpty()) {
                                    sleepers.removeFirst().wake(false);
                                }
                            }
                        }
                    }
                    turn(recorded, register, store, clock);
                    sleepers.forEach(sleeper -> sleeper.wake(true));
                    turn(recorded, register, store, clock);
                    assertCollections(database, register, clock);
                });
    }

    @Example
    void a_late_write_does_not_bring_back_what_was_removed() throws IOException {
        overDatabase(
                (recorded, register, store, database, clock) -> {
                    PausedStore sleeper = new PausedStore(store);
                    recorded.now(
                            WEB, new CiRegistered("server", null, null, null, Map.of(), List.of()));
                    turn(recorded, register.upToDate(), sleeper, clock);
                    recorded.now(WEB, new CiRemoved(List.of()));
                    turn(recorded, register.upToDate(), store, clock);
                    sleeper.wake(true);
                    assertThat(CurrentContents.of(database, CurrentTable.CIS)).isEmpty();
                });
    }

    /** A process that has found out what to write, and sleeps before it does. */
    private static final class PausedStore implements CurrentStore {
        private final CurrentStore store;
        private final List<List<CurrentRow>> rows = new ArrayList<>();
        private CurrentToken token = CurrentToken.NOTHING;

        PausedStore(CurrentStore store) {
            this.store = store;
        }

        @Override
        public boolean isClaimed() {
            return true;
        }

        @Override
        public boolean isClaimedByAnother() {
            return false;
        }

        @Override
        public CurrentToken token() {
            return store.token();
        }

        @Override
        public void write(Iterator<List<CurrentRow>> toWrite, CurrentToken to) {
            toWrite.forEachRemaining(rows::add);
            token = to;
        }

        /** Goes on; or is killed when the rows are written and the token is not. */
        void wake(boolean toTheEnd) {
            if (token.position() < 0) {
                return;
            }
            if (toTheEnd) {
                store.write(rows.iterator(), token);
                return;
            }
            Iterator<List<CurrentRow>> portions = rows.iterator();
            try {
                store.write(
                        new Iterator<>() {
                            @Override
                            public boolean hasNext() {
                                if (!portions.hasNext()) {
                                    throw new Killed();
                                }
                                return true;
                            }

                            @Override
                            public List<CurrentRow> next() {
                                return portions.next();
                            }
                        },
                        token);
            } catch (Killed killed) {
                // As was meant.
            }
        }

        @Override
        public void clear() {
            store.clear();
        }

        @Override
        public void close() {}
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private interface OverDatabase {
        void run(
                Recorded recorded,
                ProjectedRegister register,
                CurrentStore store,
                MongoDatabase database,
                SettableClock clock);
    }

    private void overDatabase(OverDatabase test) throws IOException {
        Path data = Files.createTempDirectory(directory, "database");
        SettableClock clock = new SettableClock(RandomHistories.BEGIN);
        try (TestServer.TestDatabase fresh = server.freshDatabase();
                MongoClient client = MongoClients.create(fresh.uri());
                Recorded recorded = Recorded.in(data, clock)) {
            MongoDatabase database = client.getDatabase(fresh.name());
            MongoStores stores = MongoStores.in(SharedDatabase.of(database));
            try (CurrentStore store = stores.current();
                    ProjectedRegister register =
                            new ProjectedRegister(
                                    recorded.log(),
                                    data,
                                    ProjectedRegister.SMALL,
                                    stores.versions())) {
                test.run(recorded, register, store, database, clock);
            }
        }
    }

    private static void take(
            Step step, Recorded recorded, ProjectedRegister register, SettableClock clock) {
        clock.set(clock.instant().getEpochSecond() * SECOND + step.seconds() * SECOND);
        if (!step.changeSet().isEmpty()) {
            recorded.changeSet(step.changeSet());
        }
        register.upToDate();
    }

    private static void turn(
            Recorded recorded,
            ProjectedRegister register,
            CurrentStore store,
            SettableClock clock) {
        new CurrentRegister(recorded.log(), register.projection(), register.bodies(), store, clock)
                .bringUpToDate();
    }

    private static void assertCollections(
            MongoDatabase database, ProjectedRegister register, SettableClock clock) {
        for (RegisterKind kind : RegisterKind.values()) {
            assertThat(CurrentContents.of(database, tableOf(kind)))
                    .isEqualTo(now(register, kind, clock, true));
        }
    }

    private static CurrentTable tableOf(RegisterKind kind) {
        return kind == RegisterKind.ASSET ? CurrentTable.ASSETS : CurrentTable.CIS;
    }

    /** What a list answers now. */
    private static SortedMap<String, JsonNode> now(
            ProjectedRegister register,
            RegisterKind kind,
            SettableClock clock,
            boolean inCollections) {
        long position = register.view().horizon().position();
        long now =
                Math.max(
                        clock.instant().getEpochSecond() * SECOND,
                        register.view().horizon().recordedAt());
        Coordinates at = new Coordinates(now, 0, position, false, false);
        SortedMap<String, JsonNode> listed = new TreeMap<>();
        register.lists()
                .part(Selection.all(kind), SortOrder.byId(), at, 0, 100)
                .bodies()
                .forEach(
                        body -> {
                            JsonNode json =
                                    inCollections
                                            ? CurrentContents.asInCollections(body)
                                            : MAPPER.readTree(body);
                            listed.put(json.get("id").asString(), json);
                        });
        return listed;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> seconds = Arbitraries.integers().between(0, 3);
        Arbitrary<Step> recording =
                RandomHistories.changeSets(1)
                        .flatMap(sets -> seconds.map(more -> new Step(sets.getFirst(), more)));
        Arbitrary<Step> waiting = seconds.map(more -> new Step(List.of(), more));
        return Arbitraries.oneOf(recording, recording, recording, waiting)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers().between(0, 2).list().ofSize(10);
    }
}
