package dev.cadastre.query.changes.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.log.Commit;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SeededHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Pages of change sets, beside what reading the whole log gives. */
class ChangesProperties {

    private static final int SELECTIONS = 6;

    @Property(tries = 30)
    void pages_of_any_size_cover_each_change_set_once_and_in_order_either_way(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("origins") List<OriginChoice> origins,
            @ForAll("selections") List<ChangeSelection> selections,
            @ForAll("numbers") List<Integer> numbers) {
        try (HistoryInstance instance = OriginChoice.record(history, origins)) {
            List<List<StoredEvent>> all = changeSets(instance.log());
            for (int i = 0; i < SELECTIONS; i++) {
                ChangeSelection selection = selections.get(i);
                int bound = instance.end(numbers.get(3 * i));
                Changes changes =
                        OriginChoice.changes(instance, 1 + numbers.get(3 * i + 1) % 7, 1_000);
                int limit = 1 + numbers.get(3 * i + 2) % 5;
                for (int start : instance.ends()) {
                    assertThat(pages(changes, selection, Direction.FORWARD, start, bound, limit))
                            .isEqualTo(wanted(all, selection, start, bound));
                }
                for (int place = 0; place <= instance.log().head().size(); place++) {
                    assertThat(pages(changes, selection, Direction.BACKWARD, place, bound, limit))
                            .isEqualTo(older(all, selection, place, bound));
                }
            }
        }
    }

    @Example
    void a_log_of_many_windows_is_covered_from_any_place() {
        List<OriginChoice> origins =
                List.of(
                        new OriginChoice("person-a", "person-a", "http", "CHG-1", true, false),
                        new OriginChoice("person-a", "person-b", "http", null, false, false),
                        new OriginChoice("person-a", "person-b", "nightly", null, false, false));
        try (HistoryInstance instance =
                OriginChoice.record(SeededHistory.changeSets(1, 700), origins)) {
            List<List<StoredEvent>> all = changeSets(instance.log());
            Changes changes = OriginChoice.changes(instance, 400, 1_000);
            int head = instance.end(700);
            for (int choice = 0; choice <= 700; choice += 35) {
                int place = instance.end(choice);
                for (ChangeSelection selection :
                        List.of(
                                ChangeSelection.ALL,
                                new ChangeSelection(
                                        Set.of(),
                                        Set.of("person-b"),
                                        Set.of(),
                                        Set.of("nightly"),
                                        Set.of(),
                                        Set.of(),
                                        null))) {
                    assertThat(pages(changes, selection, Direction.FORWARD, place, head, 300))
                            .isEqualTo(wanted(all, selection, place, head));
                    assertThat(pages(changes, selection, Direction.BACKWARD, place + 1, head, 300))
                            .isEqualTo(older(all, selection, place + 1, head));
                }
            }
        }
    }

    @Property(tries = 30)
    void a_change_set_is_found_by_its_id_and_by_each_position_in_it(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("origins") List<OriginChoice> origins) {
        try (HistoryInstance instance = OriginChoice.record(history, origins)) {
            Changes changes = OriginChoice.changes(instance, 1_000, 1_000);
            for (List<StoredEvent> changeSet : changeSets(instance.log())) {
                List<Long> positions = positions(changeSet);
                assertThat(changes.find(changeSet.getFirst().envelope().changeSet()))
                        .map(ChangesProperties::positions)
                        .contains(positions);
                for (long position : positions) {
                    assertThat(positions(changes.at(position))).isEqualTo(positions);
                }
            }
            assertThat(changes.find(UUID.randomUUID())).isEmpty();
            assertThat(changes.find(new UUID(0x7000, 1L << 63))).isEmpty();
            assertThat(changes.find(new UUID(-1L << 16 | 0x7000, 1L << 63))).isEmpty();
        }
    }

    private static List<Long> pages(
            Changes changes,
            ChangeSelection selection,
            Direction direction,
            long place,
            long bound,
            int limit) {
        List<Long> positions = new ArrayList<>();
        for (Long next = place; next != null; ) {
            ChangePage page = changes.page(selection, direction, next, bound, limit);
            assertThat(page.changes()).hasSizeLessThanOrEqualTo(limit);
            if (page.next() != null) {
                assertThat(page.next() > next).isEqualTo(direction == Direction.FORWARD);
                assertThat(page.next()).isNotEqualTo(next);
            }
            page.changes().forEach(change -> positions.add(change.firstPosition()));
            next = page.next();
        }
        return positions;
    }

    private static List<Long> wanted(
            List<List<StoredEvent>> all, ChangeSelection selection, long after, long bound) {
        return all.stream()
                .filter(changeSet -> changeSet.getFirst().position() > after)
                .filter(changeSet -> changeSet.getLast().position() <= bound)
                .filter(changeSet -> isMeant(selection, changeSet))
                .map(changeSet -> changeSet.getFirst().position())
                .toList();
    }

    private static List<Long> older(
            List<List<StoredEvent>> all, ChangeSelection selection, long before, long bound) {
        return wanted(
                        all.stream()
                                .filter(changeSet -> changeSet.getLast().position() < before)
                                .toList(),
                        selection,
                        -1,
                        bound)
                .reversed();
    }

    private static boolean isMeant(ChangeSelection selection, List<StoredEvent> changeSet) {
        String change = StoredMetadata.read(changeSet.getFirst().metadata()).change();
        return changeSet.stream()
                        .allMatch(
                                event ->
                                        passes(selection.actors(), event.envelope().actor())
                                                && passes(
                                                        selection.principals(),
                                                        event.envelope().principal())
                                                && passes(
                                                        selection.sources(),
                                                        event.envelope().source()))
                && passes(selection.changes(), change == null ? "" : change)
                && (selection.unplanned() == null
                        || selection.unplanned() == (change == null || change.isEmpty()))
                && changeSet.stream()
                        .map(event -> event.envelope().stream().split(":", 2)[0])
                        .anyMatch(kind -> passes(selection.kinds(), kind))
                && changeSet.stream()
                        .anyMatch(event -> passes(selection.streams(), event.envelope().stream()));
    }

    private static boolean passes(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    /** By id, from the first event to the last. */
    static List<List<StoredEvent>> changeSets(EventLog log) {
        Map<UUID, List<StoredEvent>> byId = new LinkedHashMap<>();
        for (long next = 0; next < log.head().size(); ) {
            for (Commit commit : log.commits(next, 10_000)) {
                commit.events()
                        .forEach(
                                event ->
                                        byId.computeIfAbsent(
                                                        event.envelope().changeSet(),
                                                        _ -> new ArrayList<>())
                                                .add(event));
                next = commit.lastPosition() + 1;
            }
        }
        return List.copyOf(byId.values());
    }

    private static List<Long> positions(List<StoredEvent> changeSet) {
        return changeSet.stream().map(StoredEvent::position).toList();
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }

    @Provide
    Arbitrary<List<OriginChoice>> origins() {
        return OriginChoice.any().list().ofSize(5);
    }

    @Provide
    Arbitrary<List<Integer>> numbers() {
        return Arbitraries.integers().between(0, 1_000).list().ofSize(3 * SELECTIONS);
    }

    @Provide
    Arbitrary<List<ChangeSelection>> selections() {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(ChangeSelection.ALL)),
                        Tuple.of(4, restricted()))
                .list()
                .ofSize(SELECTIONS);
    }

    private static Arbitrary<ChangeSelection> restricted() {
        return Combinators.combine(
                        some(OriginChoice.CHANGES),
                        some(OriginChoice.ACTORS),
                        some(OriginChoice.PRINCIPALS),
                        some(OriginChoice.SOURCES),
                        some(List.of("ci", "asset", "person")),
                        some(List.of("ci:a", "ci:c/1", "asset:x", "ci:nobody")),
                        Arbitraries.of(true, false).injectNull(0.7))
                .as(ChangeSelection::new);
    }

    /** Mostly none, so that several together still leave something. */
    private static Arbitrary<Set<String>> some(List<String> values) {
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(Set.of())),
                Tuple.of(2, Arbitraries.of(values).set().ofMinSize(1).ofMaxSize(2)));
    }
}
