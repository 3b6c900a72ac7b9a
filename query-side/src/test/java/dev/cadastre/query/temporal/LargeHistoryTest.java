package dev.cadastre.query.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories that fill and split blocks, spans and chunks, and need wide numbers. */
class LargeHistoryTest {

    private static final History.Shape SHAPE = new History.Shape(3_000, 1_000_000, 6_000);

    @Test
    void counts_in_a_large_history_are_those_of_all_that_match() {
        History history = new History(42, SHAPE);
        for (int growth = 0; growth < 4; growth++) {
            history.grow(1_500, 12);
            answersAreRight(history);
        }
        assertThat(history.index.versions()).isGreaterThan(30_000);
    }

    private static void answersAreRight(History history) {
        Random random = new Random(history.position());
        history.index.read(
                view -> {
                    KindView kind = view.kind("ci");
                    for (int i = 0; i < 12; i++) {
                        int knownAt =
                                i % 3 == 0
                                        ? random.nextInt(history.position())
                                        : history.position();
                        Coordinates at = new Coordinates(random.nextInt(SHAPE.instants()), knownAt);
                        for (String facet : History.KIND.facets()) {
                            assertThat(counted(kind.counts(Filter.ALL, List.of(facet), at)))
                                    .isEqualTo(
                                            history.model.counts(Filter.ALL, List.of(facet), at));
                        }
                        List<String> pair = List.of("status", "class");
                        assertThat(counted(kind.counts(Filter.ALL, pair, at)))
                                .isEqualTo(history.model.counts(Filter.ALL, pair, at));
                        Filter filter =
                                switch (i % 4) {
                                    case 0 -> Filter.ALL;
                                    case 1 ->
                                            Filter.ALL.where(
                                                    "owner", "owner-" + random.nextInt(50));
                                    case 2 ->
                                            Filter.ALL
                                                    .where("class", "class-1")
                                                    .where("status", "status-2");
                                    default ->
                                            Filter.ALL
                                                    .where("class", Set.of("class-0", "class-2"))
                                                    .where("status", Set.of("status-1"));
                                };
                        assertThat(counted(kind.counts(filter, List.of("status"), at)))
                                .isEqualTo(history.model.counts(filter, List.of("status"), at));
                        List<String> expected =
                                history.model.matching(filter, at).stream()
                                        .map(NaiveModel.Row::id)
                                        .toList();
                        Page page = kind.page(filter, at, PageRequest.byId(7, 100));
                        assertThat(page.items())
                                .extracting(item -> kind.vocabulary().id(item.entity()))
                                .isEqualTo(expected.stream().skip(7).limit(100).toList());
                        assertThat(page.total()).isEqualTo(expected.size());
                        List<String> every = new ArrayList<>();
                        kind.forEach(
                                filter, at, item -> every.add(kind.vocabulary().id(item.entity())));
                        assertThat(every).isEqualTo(expected);
                        assertThat(
                                        kind.counts(Filter.ALL, History.KIND.facets(), at).stream()
                                                .mapToLong(Count::count)
                                                .sum())
                                .isEqualTo(history.model.matching(Filter.ALL, at).size());
                    }
                    return true;
                });
    }

    @Test
    void starts_that_match_cost_as_much_as_there_are_between_the_bounds() {
        History history = new History(43, SHAPE);
        history.grow(1_500, 12);
        Filter filter = Filter.ALL.where("class", "class-1");
        history.index.read(
                view -> {
                    KindView kind = view.kind("ci");
                    long[] bounds = {400_000, 410_000};
                    long all = kind.starts(bounds, history.position())[0];
                    long before = view.entriesTouched();
                    long matching = kind.starts(filter, bounds, history.position())[0];
                    assertThat(view.entriesTouched() - before).isBetween(all, all + 1);
                    assertThat(matching)
                            .isBetween(1L, all - 1)
                            .isEqualTo(
                                    history.model
                                            .starts(filter, history.position())
                                            .filter(start -> start >= 400_000 && start < 410_000)
                                            .count());
                    return true;
                });
    }

    private static Map<List<@Nullable String>, Long> counted(List<Count> counts) {
        Map<List<@Nullable String>, Long> map = new HashMap<>();
        counts.forEach(count -> map.put(count.values(), count.count()));
        return map;
    }

    @Test
    void a_count_touches_as_many_entries_at_any_age() {
        TemporalIndex index = new TemporalIndex(History.KINDS);
        Vocabulary vocabulary = index.vocabulary("ci");
        int versions = 200_000;
        int entities = 20_000;
        List<CommitChanges> commits = new ArrayList<>();
        for (int i = 0; i < versions; i++) {
            int entity = vocabulary.internEntity("ci-" + i % entities);
            int[] facets = {
                vocabulary.internValue(0, "class-" + i % 7),
                vocabulary.internValue(1, "status-" + i % 5),
                vocabulary.internValue(2, "owner-" + i % entities % 400)
            };
            commits.add(
                    new CommitChanges(
                            i,
                            i,
                            List.of(
                                    new VersionChange.Began(
                                            "ci", entity, i / entities, i, i, true, facets, 0))));
        }
        index.apply(commits, new byte[0]);
        long bound = 64 * 2 + 256 * 3;
        for (int percent : new int[] {1, 50, 100}) {
            Coordinates at = new Coordinates(versions / 100L * percent, versions);
            assertThat(touched(index, kind -> kind.counts(Filter.ALL, List.of("status"), at)))
                    .isLessThan(bound);
            // 50 entities ever had the owner: those, whatever the age.
            Filter filter = Filter.ALL.where("owner", "owner-7").where("class", "class-3");
            assertThat(touched(index, kind -> kind.page(filter, at, PageRequest.byId(0, 100))))
                    .isBetween(50L, 50L * 8);
        }
    }

    @Test
    void differences_in_a_large_history_are_those_of_all_that_were_compared() throws IOException {
        History history = new History(43, SHAPE);
        history.grow(6_000, 12);
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        history.index.save(new DataOutputStream(image));
        TemporalIndex loaded =
                TemporalIndex.load(
                        History.KINDS,
                        new DataInputStream(new ByteArrayInputStream(image.toByteArray())));
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            int reach = 1 << random.nextInt(20);
            long asOf = random.nextInt(SHAPE.instants());
            int known = i % 3 == 0 ? history.position() : random.nextInt(history.position());
            Coordinates from = new Coordinates(asOf, known);
            Coordinates to =
                    new Coordinates(
                            asOf + random.nextInt(reach),
                            i % 2 == 0 ? known : Math.max(0, known - random.nextInt(reach)));
            List<String> expected = new ArrayList<>();
            for (String id : history.model.rows.keySet()) {
                NaiveModel.Row one = history.model.at(id, from);
                NaiveModel.Row other = history.model.at(id, to);
                if (one != other) {
                    expected.add(id + number(one) + number(other));
                }
            }
            for (TemporalIndex index : List.of(history.index, loaded)) {
                assertThat(told(index, from, to)).isEqualTo(expected);
                assertThat(told(index, to, from)).hasSameSizeAs(expected);
            }
        }
    }

    private static List<String> told(TemporalIndex index, Coordinates from, Coordinates to) {
        return index.read(
                view -> {
                    KindView kind = view.kind("ci");
                    return kind.differences(from, to).stream()
                            .map(
                                    difference ->
                                            kind.vocabulary().id(difference.entity())
                                                    + number(difference.from())
                                                    + number(difference.to()))
                            .toList();
                });
    }

    private static String number(NaiveModel.@Nullable Row row) {
        return row == null ? " -" : " " + row.number();
    }

    private static String number(@Nullable Version version) {
        return version == null ? " -" : " " + version.number();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 100_000})
    void a_diff_costs_in_proportion_to_what_changed(int changes) {
        int entities = 200_000;
        TemporalIndex index = new TemporalIndex(History.KINDS);
        Vocabulary vocabulary = index.vocabulary("ci");
        int[] facets = new int[3];
        List<CommitChanges> commits = new ArrayList<>();
        int position = 0;
        // Registered, then three times as much changed as is looked for, then some more.
        for (int i = 0; i < entities + 4 * changes; i++) {
            int entity = vocabulary.internEntity("ci-" + i % entities);
            commits.add(
                    new CommitChanges(
                            position,
                            position,
                            List.of(
                                    new VersionChange.Began(
                                            "ci",
                                            entity,
                                            i / entities,
                                            position,
                                            position,
                                            true,
                                            facets,
                                            0))));
            position++;
        }
        index.apply(commits, new byte[0]);
        int last = position - 1;
        long middle = entities + changes;
        long bound = 12L * changes + 64;
        // Two instants as known now; two as known long ago; one as known at two times; both.
        for (Coordinates[] ends :
                List.of(
                        ends(middle, last, middle + changes, last),
                        ends(middle, last - changes, middle + changes, last - changes),
                        ends(last, (int) middle, last, (int) middle + changes),
                        ends(middle, (int) middle, middle + changes, (int) middle + changes))) {
            long[] found = new long[1];
            long touched =
                    touched(index, kind -> found[0] = kind.differences(ends[0], ends[1]).size());
            assertThat(found[0]).isEqualTo(changes);
            assertThat(touched).isLessThan(bound);
        }
    }

    private static Coordinates[] ends(long from, int fromKnown, long to, int toKnown) {
        return new Coordinates[] {new Coordinates(from, fromKnown), new Coordinates(to, toKnown)};
    }

    private static long touched(
            TemporalIndex index, java.util.function.Consumer<KindView> question) {
        return index.read(
                view -> {
                    question.accept(view.kind("ci"));
                    return view.entriesTouched();
                });
    }
}
