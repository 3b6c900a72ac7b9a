package dev.cadastre.query.register.current;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SettableClock;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Selection;
import dev.cadastre.query.register.model.SortOrder;
import dev.cadastre.query.shared.time.Coordinates;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import tools.jackson.databind.JsonNode;

/**
 * The current register says what lists say now, whatever was recorded and whenever. A class for
 * each store says where it lies.
 */
abstract class CurrentRegisterProperties {

    private static final long SECOND = 1_000_000;

    private Path directory;

    /** Where a store lies, and how another program reads it. */
    interface Place extends AutoCloseable {

        CurrentStore current();

        SortedMap<String, JsonNode> contents(CurrentTable table);

        /** What an answer of the API says, as far as the store keeps it. */
        JsonNode kept(byte[] body);

        @Override
        void close();
    }

    /** An empty place; files of its own go into the directory. */
    abstract Place place(Path directory);

    @BeforeProperty
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("current");
    }

    @AfterProperty
    void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    /** Records, or lets time go by: scheduled facts come true without being recorded again. */
    private record Step(List<Entry> changeSet, int seconds) {}

    @Property(tries = 30)
    void what_others_read_is_the_lists_now(@ForAll("steps") List<Step> steps) throws IOException {
        inAnyPlace(
                (recorded, register, place, clock) -> {
                    for (Step step : steps) {
                        take(step, recorded, register, clock);
                        // Opened anew each time: a restart makes no difference.
                        try (CurrentStore store = place.current()) {
                            Turns.take(recorded.log(), register, store, clock);
                        }
                        assertReadIsListed(place, register, clock);
                    }
                });
    }

    @Property(tries = 60)
    void writes_that_come_late_do_no_harm(
            @ForAll("steps") List<Step> steps, @ForAll("choices") List<Integer> choices)
            throws IOException {
        inAnyPlace(
                (recorded, register, place, clock) -> {
                    try (CurrentStore store = place.current()) {
                        sleepAndWake(steps, choices.iterator(), recorded, register, store, clock);
                    }
                    assertReadIsListed(place, register, clock);
                });
    }

    private static void sleepAndWake(
            List<Step> steps,
            Iterator<Integer> choice,
            Recorded recorded,
            ProjectedRegister register,
            CurrentStore store,
            SettableClock clock) {
        List<PausedStore> sleepers = new ArrayList<>();
        for (Step step : steps) {
            take(step, recorded, register, clock);
            switch (choice.next()) {
                case 0 -> Turns.take(recorded.log(), register, store, clock);
                case 1 -> {
                    PausedStore sleeper = new PausedStore(store);
                    Turns.take(recorded.log(), register, sleeper, clock);
                    sleepers.add(sleeper);
                }
                default -> {
                    if (!sleepers.isEmpty()) {
                        sleepers.removeFirst().wake(false);
                    }
                }
            }
        }
        Turns.take(recorded.log(), register, store, clock);
        sleepers.forEach(sleeper -> sleeper.wake(true));
        Turns.take(recorded.log(), register, store, clock);
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

    private interface InAnyPlace {
        void run(Recorded recorded, ProjectedRegister register, Place place, SettableClock clock);
    }

    private void inAnyPlace(InAnyPlace test) throws IOException {
        Path data = Files.createTempDirectory(directory, "data");
        SettableClock clock = new SettableClock(RandomHistories.BEGIN);
        try (Place place = place(data);
                Recorded recorded = Recorded.in(data, clock);
                ProjectedRegister register =
                        new ProjectedRegister(recorded.log(), data, ProjectedRegister.SMALL)) {
            test.run(recorded, register, place, clock);
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

    private static void assertReadIsListed(
            Place place, ProjectedRegister register, SettableClock clock) {
        for (RegisterKind kind : RegisterKind.values()) {
            assertThat(place.contents(tableOf(kind))).isEqualTo(now(place, register, kind, clock));
        }
    }

    private static CurrentTable tableOf(RegisterKind kind) {
        return kind == RegisterKind.ASSET ? CurrentTable.ASSETS : CurrentTable.CIS;
    }

    /** What a list answers now. */
    private static SortedMap<String, JsonNode> now(
            Place place, ProjectedRegister register, RegisterKind kind, SettableClock clock) {
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
                            JsonNode json = place.kept(body);
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
