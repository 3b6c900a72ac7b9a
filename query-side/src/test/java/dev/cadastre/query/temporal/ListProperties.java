package dev.cadastre.query.temporal;

import static dev.cadastre.query.temporal.Questions.asking;
import static dev.cadastre.query.temporal.Questions.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Pages, counts and histograms are those of reading all versions. */
class ListProperties {

    @Property(tries = 3000)
    void a_page_is_a_part_of_all_that_match(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        asking(
                seed,
                commits,
                (history, view, random) -> {
                    Filter filter = randomFilter(random);
                    Coordinates at = history.randomCoordinates(random);
                    @Nullable String sort =
                            random.nextBoolean()
                                    ? null
                                    : History.KIND.facets().get(random.nextInt(3));
                    boolean descending = random.nextBoolean();
                    List<NaiveModel.Row> all = new ArrayList<>(history.model.matching(filter, at));
                    all.sort(order(sort, descending));
                    int offset = random.nextInt(3);
                    int limit = random.nextInt(5);
                    PageRequest.After after = null;
                    List<NaiveModel.Row> rest = all;
                    if (random.nextBoolean() && !all.isEmpty()) {
                        int last = random.nextInt(all.size());
                        int entity = view.vocabulary().entity(all.get(last).id());
                        int value =
                                sort == null
                                        ? 0
                                        : view.value(
                                                view.version(entity, at).row(),
                                                History.KIND.facet(sort));
                        after = new PageRequest.After(entity, value);
                        rest = all.subList(last + 1, all.size());
                    }
                    Page page =
                            view.page(
                                    filter,
                                    at,
                                    new PageRequest(sort, descending, after, offset, limit));
                    List<NaiveModel.Row> expected =
                            rest.stream().skip(offset).limit(limit).toList();
                    assertThat(seen(view, page.items())).isEqualTo(seen(expected));
                    assertThat(page.total()).isEqualTo(all.size());
                    assertThat(page.more()).isEqualTo(rest.size() > offset + limit);

                    List<Version> every = new ArrayList<>();
                    view.forEach(filter, at, every::add);
                    assertThat(seen(view, every))
                            .isEqualTo(seen(history.model.matching(filter, at)));
                });
    }

    private static Comparator<NaiveModel.Row> order(@Nullable String sort, boolean descending) {
        Comparator<NaiveModel.Row> order = Comparator.comparing(NaiveModel.Row::id);
        if (sort != null) {
            int facet = History.KIND.facet(sort);
            order =
                    Comparator.comparing(
                                    (NaiveModel.Row row) -> row.facet(facet),
                                    Comparator.nullsLast(Comparator.naturalOrder()))
                            .thenComparing(order);
        }
        return descending ? order.reversed() : order;
    }

    private static Filter randomFilter(Random random) {
        Filter filter =
                Filter.ALL.with(
                        random.nextInt(3) > 0
                                ? Filter.Presence.PRESENT
                                : Filter.Presence.values()[random.nextInt(3)]);
        for (String facet : History.KIND.facets()) {
            if (random.nextInt(3) == 0) {
                Set<@Nullable String> texts = new HashSet<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int value = random.nextInt(5);
                    texts.add(value == 4 ? null : facet + "-" + value);
                }
                filter = filter.where(facet, texts);
            }
        }
        return random.nextInt(4) == 0 ? filter.withId(id -> id.compareTo("8") > 0) : filter;
    }

    @Property(tries = 1500)
    void counts_are_those_of_all_that_match(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        asking(
                seed,
                commits,
                (history, view, random) -> {
                    Filter filter = random.nextBoolean() ? Filter.ALL : randomFilter(random);
                    List<String> by =
                            new ArrayList<>(
                                    History.KIND.facets().stream()
                                            .filter(facet -> random.nextBoolean())
                                            .toList());
                    Coordinates at = history.randomCoordinates(random);
                    Map<List<@Nullable String>, Long> expected =
                            history.model.counts(filter, by, at);
                    assertThat(asMap(view.counts(filter, by, at))).isEqualTo(expected);
                    long[] instants = {at.asOf(), at.asOf() + 2};
                    assertThat(view.series(filter, by, instants, at.knownAt()))
                            .containsExactly(
                                    view.counts(filter, by, at),
                                    view.counts(
                                            filter,
                                            by,
                                            new Coordinates(instants[1], at.knownAt())));
                });
    }

    private static Map<List<@Nullable String>, Long> asMap(List<Count> counts) {
        Map<List<@Nullable String>, Long> map = new HashMap<>();
        counts.forEach(count -> map.put(count.values(), count.count()));
        assertThat(map).hasSameSizeAs(counts);
        return map;
    }

    @Property(tries = 1000)
    void starts_are_counted_by_valid_time(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        asking(
                seed,
                commits,
                (history, view, random) -> {
                    int knownAt = history.randomCoordinates(random).knownAt();
                    long[] bounds = random.longs(4, -2, 25).sorted().distinct().toArray();
                    long[] expected = within(bounds, history.model.starts(knownAt).toList());
                    assertThat(view.starts(bounds, knownAt)).isEqualTo(expected);
                    Filter filter = randomFilter(random);
                    assertThat(view.starts(filter, bounds, knownAt))
                            .isEqualTo(
                                    within(bounds, history.model.starts(filter, knownAt).toList()));
                    assertThat(view.nextStart(bounds[0], knownAt))
                            .isEqualTo(
                                    history.model
                                            .starts(knownAt)
                                            .filter(start -> start > bounds[0])
                                            .min(Long::compare)
                                            .orElse(Long.MAX_VALUE));
                });
    }

    private static long[] within(long[] bounds, List<Long> starts) {
        long[] within = new long[bounds.length - 1];
        for (int i = 0; i < within.length; i++) {
            long low = bounds[i];
            long high = bounds[i + 1];
            within[i] = starts.stream().filter(start -> start >= low && start < high).count();
        }
        return within;
    }
}
