package dev.cadastre.query.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Every question to the index is answered as by reading all versions. */
class TemporalIndexProperties {

    private static final int QUESTIONS = 6;

    /** Asks some questions at random coordinates of a history of the given length. */
    private static void asking(long seed, int commits, Question question) {
        History history = History.of(seed, commits);
        Random random = new Random(seed * 31 + 7);
        history.index.read(
                view -> {
                    for (int i = 0; i < QUESTIONS; i++) {
                        question.ask(history, view.kind("ci"), random);
                    }
                    return true;
                });
    }

    private interface Question {
        void ask(History history, KindView view, Random random);
    }

    private static NaiveModel.@Nullable Seen seen(KindView view, @Nullable Version version) {
        return version == null
                ? null
                : new NaiveModel.Seen(
                        view.vocabulary().id(version.entity()),
                        version.number(),
                        version.validFrom(),
                        version.recordedFrom(),
                        version.recordedTo(),
                        version.present());
    }

    private static NaiveModel.@Nullable Seen seen(NaiveModel.@Nullable Row row) {
        return row == null ? null : row.seen();
    }

    private static List<NaiveModel.Seen> seen(KindView view, List<Version> versions) {
        return versions.stream().map(version -> seen(view, version)).toList();
    }

    private static List<NaiveModel.Seen> seen(List<NaiveModel.Row> rows) {
        return rows.stream().map(NaiveModel.Row::seen).toList();
    }

    @Property(tries = 1500)
    void the_version_at_coordinates_is_the_last_believed_start(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        asking(
                seed,
                commits,
                (history, view, random) -> {
                    String id = history.randomId(random);
                    int entity = view.vocabulary().entity(id);
                    Coordinates at = history.randomCoordinates(random);
                    if (entity >= 0) {
                        assertThat(seen(view, view.version(entity, at)))
                                .isEqualTo(seen(history.model.at(id, at)));
                        assertThat(seen(view, view.believed(entity, at.knownAt())))
                                .isEqualTo(seen(history.model.believed(id, at.knownAt())));
                        assertThat(seen(view, view.allVersions(entity)))
                                .isEqualTo(seen(history.model.all(id)));
                        assertThat(view.versions(entity)).isEqualTo(history.model.all(id).size());
                    } else {
                        assertThat(history.model.all(id)).isEmpty();
                    }
                });
    }

    @Property(tries = 500)
    void a_version_keeps_its_values_and_relations(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        asking(
                seed,
                commits,
                (history, view, random) -> {
                    String id = history.randomId(random);
                    for (NaiveModel.Row row : history.model.all(id)) {
                        Vocabulary vocabulary = view.vocabulary();
                        Version version = view.version(vocabulary.entity(id), row.number());
                        for (int facet = 0; facet < 3; facet++) {
                            assertThat(vocabulary.text(facet, view.value(version.row(), facet)))
                                    .isEqualTo(row.facet(facet));
                        }
                        assertThat(
                                        view.relations(version.row()).stream()
                                                .map(
                                                        relation ->
                                                                new NaiveModel.Relation(
                                                                        vocabulary.relationType(
                                                                                relation.type()),
                                                                        vocabulary.id(
                                                                                relation
                                                                                        .target()))))
                                .containsExactlyInAnyOrderElementsOf(row.relations());
                    }
                });
    }

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
                    long[] expected = new long[bounds.length - 1];
                    for (int i = 0; i < expected.length; i++) {
                        long low = bounds[i];
                        long high = bounds[i + 1];
                        expected[i] =
                                history.model
                                        .starts(knownAt)
                                        .filter(start -> start >= low && start < high)
                                        .count();
                    }
                    assertThat(view.starts(bounds, knownAt)).isEqualTo(expected);
                    assertThat(view.nextStart(bounds[0], knownAt))
                            .isEqualTo(
                                    history.model
                                            .starts(knownAt)
                                            .filter(start -> start > bounds[0])
                                            .min(Long::compare)
                                            .orElse(Long.MAX_VALUE));
                });
    }

    @Property(tries = 1500)
    void a_walk_reaches_what_relations_reach(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        asking(
                seed,
                commits,
                (history, view, random) -> {
                    Vocabulary vocabulary = view.vocabulary();
                    int start = vocabulary.entity(history.randomId(random));
                    if (start < 0) {
                        return;
                    }
                    Coordinates at = history.randomCoordinates(random);
                    Impact.Direction direction = Impact.Direction.values()[random.nextInt(2)];
                    int depth = random.nextInt(4);
                    Set<String> types =
                            random.nextBoolean() ? Set.of("type-0") : Set.of("type-0", "type-1");
                    Set<Integer> numbers =
                            types.stream()
                                    .map(vocabulary::relationType)
                                    .collect(Collectors.toSet());
                    Impact impact = view.impact(start, at, direction, depth, numbers);
                    List<NaiveModel.Edge> edges =
                            history.model.edges(at).stream()
                                    .filter(edge -> types.contains(edge.type()))
                                    .toList();
                    Map<String, Integer> distances =
                            distances(vocabulary.id(start), edges, direction, depth);
                    assertThat(
                                    impact.nodes().stream()
                                            .collect(
                                                    Collectors.toMap(
                                                            node -> vocabulary.id(node.entity()),
                                                            Impact.Node::distance)))
                            .isEqualTo(distances);
                    assertThat(named(vocabulary, impact.edges()))
                            .containsExactlyInAnyOrderElementsOf(
                                    edges.stream()
                                            .filter(
                                                    edge ->
                                                            distances.getOrDefault(
                                                                            nearEnd(
                                                                                    edge,
                                                                                    direction),
                                                                            depth)
                                                                    < depth)
                                            .toList());
                    assertPathsAreEdges(impact, direction);
                    assertThat(named(vocabulary, view.inbound(start, at)))
                            .containsExactlyInAnyOrderElementsOf(
                                    history.model.edges(at).stream()
                                            .filter(
                                                    edge ->
                                                            edge.target()
                                                                    .equals(vocabulary.id(start)))
                                            .toList());
                });
    }

    private static List<NaiveModel.Edge> named(Vocabulary vocabulary, List<Impact.Edge> edges) {
        return edges.stream()
                .map(
                        edge ->
                                new NaiveModel.Edge(
                                        vocabulary.id(edge.source()),
                                        vocabulary.relationType(edge.type()),
                                        vocabulary.id(edge.target())))
                .toList();
    }

    private static String nearEnd(NaiveModel.Edge edge, Impact.Direction direction) {
        return direction == Impact.Direction.DEPENDENCIES ? edge.source() : edge.target();
    }

    private static Map<String, Integer> distances(
            String start, List<NaiveModel.Edge> edges, Impact.Direction direction, int depth) {
        Map<String, Integer> distances = new LinkedHashMap<>();
        distances.put(start, 0);
        for (int distance = 1; distance <= depth; distance++) {
            for (NaiveModel.Edge edge : edges) {
                String near = nearEnd(edge, direction);
                String far = near.equals(edge.source()) ? edge.target() : edge.source();
                if (Objects.equals(distances.get(near), distance - 1)) {
                    distances.putIfAbsent(far, distance);
                }
            }
        }
        return distances;
    }

    private static void assertPathsAreEdges(Impact impact, Impact.Direction direction) {
        for (Impact.Node node : impact.nodes().subList(1, impact.nodes().size())) {
            Impact.Node parent = impact.nodes().get(node.parent());
            assertThat(parent.distance()).isEqualTo(node.distance() - 1);
            assertThat(impact.edges())
                    .contains(
                            direction == Impact.Direction.DEPENDENCIES
                                    ? new Impact.Edge(parent.entity(), node.type(), node.entity())
                                    : new Impact.Edge(node.entity(), node.type(), parent.entity()));
        }
    }

    @Property(tries = 1500)
    void differences_are_the_entities_whose_version_is_another(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        asking(
                seed,
                commits,
                (history, view, random) -> {
                    Coordinates from = history.randomCoordinates(random);
                    Coordinates to = history.randomCoordinates(random);
                    List<List<NaiveModel.@Nullable Seen>> expected = new ArrayList<>();
                    for (String id : history.model.rows.keySet()) {
                        NaiveModel.Seen before = seen(history.model.at(id, from));
                        NaiveModel.Seen after = seen(history.model.at(id, to));
                        if (!Objects.equals(before, after)) {
                            expected.add(Arrays.asList(before, after));
                        }
                    }
                    assertThat(view.differences(from, to))
                            .extracting(
                                    change ->
                                            Arrays.asList(
                                                    seen(view, change.from()),
                                                    seen(view, change.to())))
                            .isEqualTo(expected);
                });
    }

    @Property(tries = 300)
    void positions_and_instants_of_record_time_resolve_to_commit_ends(
            @ForAll long seed, @ForAll @IntRange(max = 40) int commits) {
        History history = History.of(seed, commits);
        history.index.read(
                view -> {
                    assertThat(view.position()).isEqualTo(history.position());
                    for (int position = -2; position <= history.position() + 2; position++) {
                        Integer end = history.model.commits.ceilingKey(position);
                        assertThat(view.commitEnd(position))
                                .isEqualTo(
                                        position < 0 ? -1 : end == null ? history.position() : end);
                    }
                    BiConsumer<Integer, Long> resolves =
                            (last, recordedAt) -> {
                                Integer before = history.model.commits.lowerKey(last);
                                assertThat(view.positionAt(recordedAt)).isEqualTo(last);
                                assertThat(view.positionAt(recordedAt - 1))
                                        .isEqualTo(before == null ? -1 : before);
                                assertThat(view.recordedAt(last)).isEqualTo(recordedAt);
                            };
                    history.model.commits.forEach(resolves);
                    return true;
                });
    }
}
