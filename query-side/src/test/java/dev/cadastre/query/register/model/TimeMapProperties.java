package dev.cadastre.query.register.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SteppingClock;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Found.Present;
import dev.cadastre.query.register.model.TimeMap.PastState;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.shared.time.Horizon;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Change sets are recorded amid the instants they speak of: facts are late and scheduled. */
class TimeMapProperties {

    private static final Instant BEGIN = Microseconds.toInstant(RandomHistories.BEGIN);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Property(tries = 30)
    void a_time_map_tells_at_every_instant_what_was_answered_then(
            @ForAll("histories") List<List<Entry>> history, @ForAll("steps") long step) {
        overInstance(
                history,
                step,
                (instance, kind, id, map) -> {
                    StreamId stream = new StreamId(kind.word(), id);
                    for (long instant : instants(instance)) {
                        long position = instance.naive().positionRecordedBy(instant);
                        JsonNode expected = instance.naive().state(stream, instant, position);
                        Optional<PastState> told = at(map, instant);
                        assertThat(told.isPresent())
                                .as("%s at %s in %s", id, instant, map)
                                .isEqualTo(expected != null);
                        told.ifPresent(
                                state -> {
                                    Entity entity = entity(instance, kind, id, state);
                                    assertThat(content(entity)).isEqualTo(expected);
                                    assertThat(entity.version()).isEqualTo(state.version());
                                });
                    }
                });
    }

    @Property(tries = 30)
    void a_time_map_begins_a_state_only_where_the_answer_changes(
            @ForAll("histories") List<List<Entry>> history, @ForAll("steps") long step) {
        overInstance(
                history,
                step,
                (instance, kind, id, map) -> {
                    long end = instance.projected().view().horizon().recordedAt();
                    PastState before = null;
                    for (PastState state : map.states()) {
                        assertThat(state.from()).isLessThan(end);
                        assertThat(state.position())
                                .isEqualTo(instance.naive().positionRecordedBy(state.from()));
                        if (before != null) {
                            assertThat(before.until()).isLessThanOrEqualTo(state.from());
                            assertThat(before.version()).isNotEqualTo(state.version());
                        }
                        long just = state.from() - 1;
                        long known = instance.naive().positionRecordedBy(just);
                        assertThat(version(instance, kind, id, just, known))
                                .isNotEqualTo(Optional.of(state.version()));
                        before = state;
                    }
                });
    }

    @Property(tries = 30)
    void what_is_recorded_later_only_adds_to_the_end_of_a_time_map(
            @ForAll("histories") List<List<Entry>> history, @ForAll("steps") long step) {
        overInstance(
                history,
                step,
                (instance, kind, id, map) -> {
                    for (int position : instance.ends()) {
                        List<PastState> earlier =
                                instance.projected()
                                        .queries()
                                        .timeMap(kind, id, position)
                                        .map(TimeMap::states)
                                        .orElse(List.of());
                        assertThat(map.states()).hasSizeGreaterThanOrEqualTo(earlier.size());
                        for (int i = 0; i < earlier.size(); i++) {
                            PastState now = map.states().get(i);
                            assertThat(now.from()).isEqualTo(earlier.get(i).from());
                            assertThat(now.position()).isEqualTo(earlier.get(i).position());
                            assertThat(now.version()).isEqualTo(earlier.get(i).version());
                        }
                    }
                });
    }

    private interface Check {
        void check(HistoryInstance instance, RegisterKind kind, String id, TimeMap map);
    }

    private static void overInstance(List<List<Entry>> history, long step, Check check) {
        SteppingClock clock =
                new SteppingClock(BEGIN.minusSeconds(1), Duration.of(step, ChronoUnit.MICROS));
        try (HistoryInstance instance = new HistoryInstance(history, clock)) {
            Horizon horizon = instance.projected().view().horizon();
            for (RegisterKind kind : RegisterKind.values()) {
                for (String id : instance.naive().ids(kind.word())) {
                    TimeMap map =
                            instance.projected()
                                    .queries()
                                    .timeMap(kind, id, horizon.position())
                                    .orElseThrow();
                    check.check(instance, kind, id, map);
                }
            }
        }
    }

    /** Instants before the last commit: around every commit, and every half second. */
    private static TreeSet<Long> instants(HistoryInstance instance) {
        TreeSet<Long> instants = new TreeSet<>();
        for (int position : instance.ends()) {
            if (position >= 0) {
                long recorded = instance.projected().view().recordedAt(position);
                instants.addAll(List.of(recorded - 1, recorded, recorded + 1));
            }
        }
        for (int half = -1; half < 2 * RandomHistories.SECONDS; half++) {
            long instant = RandomHistories.BEGIN + half * 500_000L;
            instants.addAll(List.of(instant - 1, instant));
        }
        return new TreeSet<>(instants.headSet(instance.projected().view().horizon().recordedAt()));
    }

    private static Optional<PastState> at(TimeMap map, long instant) {
        return map.states().stream()
                .filter(state -> state.from() <= instant && instant < state.until())
                .findFirst();
    }

    private static Entity entity(
            HistoryInstance instance, RegisterKind kind, String id, PastState state) {
        Coordinates at = new Coordinates(state.from(), 0, state.position(), true, true);
        return ((Present) instance.projected().queries().one(kind, id, at)).entity();
    }

    private static Optional<Integer> version(
            HistoryInstance instance, RegisterKind kind, String id, long asOf, long position) {
        Coordinates at = new Coordinates(asOf, 0, position, true, true);
        return instance.projected().queries().one(kind, id, at) instanceof Present(Entity entity)
                ? Optional.of(entity.version())
                : Optional.empty();
    }

    private static JsonNode content(Entity entity) {
        ObjectNode content = (ObjectNode) MAPPER.readTree(entity.body());
        content.remove(List.of("version", "validFrom", "recordedFrom", "position"));
        return content;
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(14);
    }

    @Provide
    Arbitrary<Long> steps() {
        return Arbitraries.of(1L, 250_000L, 500_000L, 900_000L, 2_000_000L);
    }
}
