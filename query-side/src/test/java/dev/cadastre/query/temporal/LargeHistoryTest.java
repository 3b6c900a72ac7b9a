package dev.cadastre.query.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

    private static long touched(
            TemporalIndex index, java.util.function.Consumer<KindView> question) {
        return index.read(
                view -> {
                    question.accept(view.kind("ci"));
                    return view.entriesTouched();
                });
    }
}
