package dev.cadastre.query.replay.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SteppingClock;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.Coordinates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The messages of a replay, applied one after the other, are the naive fold at every step. */
class ReplayProperties {

    private static final int RANGES = 8;

    /** Within valid time and recorded time at once: facts are late, in time or scheduled. */
    private static SteppingClock clock() {
        return new SteppingClock(
                Instant.EPOCH.plus(Duration.ofNanos(RandomHistories.BEGIN * 1_000)),
                Duration.ofMillis(400));
    }

    @Property(tries = 40)
    void along_valid_time_each_step_gives_the_state_of_its_instant(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("scopes") WantedScope scope,
            @ForAll("numbers") List<Integer> numbers) {
        try (HistoryInstance instance = new HistoryInstance(history, clock())) {
            for (int i = 0; i < RANGES; i++) {
                long one = instant(numbers.get(3 * i));
                long other = instant(numbers.get(3 * i + 1));
                int known = instance.end(numbers.get(3 * i + 2));
                CheckedReplay.of(
                                instance,
                                scope,
                                new ReplayRange(
                                        Axis.EFFECTIVE,
                                        new Coordinates(Math.min(one, other), known),
                                        new Coordinates(Math.max(one, other), known)))
                        .check();
            }
        }
    }

    @Property(tries = 40)
    void along_recorded_time_each_step_gives_what_was_known_then(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("scopes") WantedScope scope,
            @ForAll("numbers") List<Integer> numbers) {
        try (HistoryInstance instance = new HistoryInstance(history, clock())) {
            for (int i = 0; i < RANGES; i++) {
                long one = instant(numbers.get(3 * i));
                long other = instant(numbers.get(3 * i + 1));
                CheckedReplay.of(
                                instance,
                                scope,
                                new ReplayRange(
                                        Axis.RECORDED,
                                        knownThen(instance, Math.min(one, other)),
                                        knownThen(instance, Math.max(one, other))))
                        .check();
            }
        }
    }

    @Property(tries = 40)
    void along_recorded_time_an_instant_can_be_looked_at(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("scopes") WantedScope scope,
            @ForAll("numbers") List<Integer> numbers) {
        try (HistoryInstance instance = new HistoryInstance(history, clock())) {
            for (int i = 0; i < RANGES; i++) {
                long asOf = instant(numbers.get(3 * i));
                int one = instance.end(numbers.get(3 * i + 1));
                int other = instance.end(numbers.get(3 * i + 2));
                CheckedReplay.of(
                                instance,
                                scope,
                                new ReplayRange(
                                        Axis.RECORDED,
                                        new Coordinates(asOf, Math.min(one, other)),
                                        new Coordinates(asOf, Math.max(one, other))))
                        .check();
            }
        }
    }

    @Property(tries = 25)
    void change_sets_of_one_event_each_give_a_step_each(
            @ForAll("histories") List<List<Entry>> history, @ForAll("scopes") WantedScope scope) {
        List<List<Entry>> singles = history.stream().flatMap(List::stream).map(List::of).toList();
        try (HistoryInstance instance = new HistoryInstance(singles, clock())) {
            int end = instance.ends().getLast();
            assertThat(instance.ends()).hasSize(end + 2);
            long last = instant(2 * RandomHistories.SECONDS + 3);
            CheckedReplay.of(
                            instance,
                            scope,
                            new ReplayRange(
                                    Axis.EFFECTIVE,
                                    new Coordinates(RandomHistories.BEGIN - 1, end),
                                    new Coordinates(last, end)))
                    .check();
            CheckedReplay recorded =
                    CheckedReplay.of(
                            instance,
                            scope,
                            new ReplayRange(
                                    Axis.RECORDED,
                                    new Coordinates(last, -1),
                                    new Coordinates(last, end)));
            recorded.check();
            assertThat(recorded.steps()).allMatch(step -> events(step) == 1);
        }
    }

    private static long events(ReplayStep step) {
        return step.effects().stream().mapToLong(effect -> effect.events().size()).sum();
    }

    @Property(tries = 25)
    void a_replay_goes_on_exactly_where_it_was_left(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("scopes") WantedScope scope,
            @ForAll("numbers") List<Integer> numbers) {
        try (HistoryInstance instance = new HistoryInstance(history, clock())) {
            int end = instance.ends().getLast();
            long last = instant(2 * RandomHistories.SECONDS + 3);
            for (ReplayRange range :
                    List.of(
                            new ReplayRange(
                                    Axis.EFFECTIVE,
                                    new Coordinates(instant(numbers.get(0)), end),
                                    new Coordinates(last, end)),
                            new ReplayRange(
                                    Axis.RECORDED,
                                    knownThen(instance, instant(numbers.get(1))),
                                    knownThen(instance, last)))) {
                CheckedReplay.of(instance, scope, range).checkGoingOnAnywhere();
            }
        }
    }

    private static Coordinates knownThen(HistoryInstance instance, long instant) {
        return new Coordinates(
                instant, Math.toIntExact(instance.naive().positionRecordedBy(instant)));
    }

    private static long instant(int number) {
        return RandomHistories.BEGIN
                + (Math.floorMod(number, 2 * RandomHistories.SECONDS + 4) - 1) * 500_000L;
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(14);
    }

    @Provide
    Arbitrary<List<Integer>> numbers() {
        return Arbitraries.integers().between(0, 1_000).list().ofSize(3 * RANGES);
    }

    @Provide
    Arbitrary<WantedScope> scopes() {
        return Arbitraries.of(
                WantedScope.of(List.of(RegisterKind.values()), null, null),
                WantedScope.of(List.of(RegisterKind.CI), null, null),
                WantedScope.of(List.of(RegisterKind.values()), "class", "server"),
                WantedScope.of(List.of(RegisterKind.CI), "environment", "1"),
                WantedScope.of(List.of(RegisterKind.CI), "environment", ""),
                WantedScope.of(List.of(RegisterKind.ASSET), "state", "In use"),
                WantedScope.of(List.of(RegisterKind.ASSET), "location", "Oslo"));
    }
}
