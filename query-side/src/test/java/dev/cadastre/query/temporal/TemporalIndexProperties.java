package dev.cadastre.query.temporal;

import static dev.cadastre.query.temporal.Questions.asking;
import static dev.cadastre.query.temporal.Questions.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Versions, differences and positions are found as by reading all versions. */
class TemporalIndexProperties {

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
