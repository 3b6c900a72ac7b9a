package dev.cadastre.query.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TemporalIndexTest {

    private final TemporalIndex index = new TemporalIndex(History.KINDS);

    private VersionChange began(int entity, int version, int position, String status) {
        Vocabulary vocabulary = index.vocabulary("ci");
        return new VersionChange.Began(
                "ci",
                entity,
                version,
                position,
                position,
                true,
                new int[] {0, vocabulary.internValue(1, status), 0},
                Vocabulary.NO_RELATIONS);
    }

    @Test
    void an_empty_index_answers_that_there_is_nothing() {
        Coordinates at = new Coordinates(0, 0);
        index.read(
                view -> {
                    assertThat(view.position()).isEqualTo(-1);
                    assertThat(view.commitEnd(5)).isEqualTo(-1);
                    assertThat(view.positionAt(Long.MAX_VALUE)).isEqualTo(-1);
                    assertThat(view.beginning()).isEqualTo(Long.MAX_VALUE);
                    KindView kind = view.kind("ci");
                    assertThat(kind.page(Filter.ALL, at, PageRequest.byId(0, 10)))
                            .isEqualTo(new Page(List.of(), 0, false));
                    assertThat(kind.counts(Filter.ALL, List.of(), at))
                            .containsExactly(new Count(List.of(), 0));
                    assertThat(kind.counts(Filter.ALL, List.of("status"), at)).isEmpty();
                    assertThat(kind.nextStart(0, 0)).isEqualTo(Long.MAX_VALUE);
                    assertThat(kind.differences(at, new Coordinates(9, 9))).isEmpty();
                    return true;
                });
    }

    @Test
    void an_entity_that_was_only_named_is_in_no_list() {
        index.vocabulary("ci").internEntity("named-only");
        Coordinates at = new Coordinates(0, 0);
        Page page =
                index.read(
                        view ->
                                view.kind("ci")
                                        .page(
                                                Filter.ALL.with(Filter.Presence.ANY),
                                                at,
                                                PageRequest.byId(0, 10)));
        assertThat(page.items()).isEmpty();
    }

    @Test
    void readers_see_whole_commits_only() throws Exception {
        int entities = 200;
        Vocabulary vocabulary = index.vocabulary("ci");
        for (int entity = 0; entity < entities; entity++) {
            vocabulary.internEntity("ci-" + entity);
        }
        AtomicBoolean written = new AtomicBoolean();
        Callable<Integer> reader =
                () -> {
                    int rounds = 0;
                    do {
                        boolean finished = written.get();
                        rounds += index.read(view -> seesOneStatus(view, entities));
                        if (finished) {
                            return rounds;
                        }
                    } while (true);
                };
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running =
                    List.of(readers.submit(reader), readers.submit(reader), readers.submit(reader));
            try {
                for (int round = 0; round < 400; round++) {
                    index.apply(List.of(oneStatus(round, entities)), new byte[] {(byte) round});
                }
            } finally {
                written.set(true);
            }
            for (Future<Integer> each : running) {
                assertThat(each.get()).isPositive();
            }
        }
    }

    private CommitChanges oneStatus(int round, int entities) {
        List<VersionChange> changes = new ArrayList<>();
        for (int entity = 0; entity < entities; entity++) {
            int position = round * entities + entity;
            changes.add(began(entity, round, position, "round-" + round % 60));
        }
        return new CommitChanges((round + 1) * entities - 1, 1_000L + round, changes);
    }

    /** Each commit gives all entities one status: a reader that sees two has seen half of one. */
    private static int seesOneStatus(View view, int entities) {
        if (view.position() < 0) {
            return 0;
        }
        int rounds = (view.position() + 1) / entities;
        assertThat((view.position() + 1) % entities).isZero();
        assertThat(view.root()).containsExactly((byte) (rounds - 1));
        Coordinates at = new Coordinates(Long.MAX_VALUE, view.position());
        assertThat(view.kind("ci").counts(Filter.ALL, List.of("status"), at))
                .containsExactly(new Count(List.of("round-" + (rounds - 1) % 60), entities));
        return 1;
    }

    @Test
    void a_change_that_does_not_continue_is_refused_and_spoils_the_index() {
        int entity = index.vocabulary("ci").internEntity("one");
        List<CommitChanges> gap =
                List.of(new CommitChanges(0, 1, List.of(began(entity, 1, 0, "a"))));
        assertThatThrownBy(() -> index.apply(gap, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("next version of the entity is 0");
        assertThatThrownBy(() -> index.read(View::position))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be rebuilt");
    }

    @Test
    void a_commit_that_goes_back_in_position_or_time_is_refused() {
        index.apply(List.of(new CommitChanges(5, 10, List.of())), new byte[0]);
        assertThatThrownBy(
                        () ->
                                new TemporalIndex(History.KINDS)
                                        .apply(
                                                List.of(
                                                        new CommitChanges(5, 10, List.of()),
                                                        new CommitChanges(5, 11, List.of())),
                                                new byte[0]))
                .hasMessageContaining("does not follow");
        assertThatThrownBy(
                        () ->
                                index.apply(
                                        List.of(new CommitChanges(6, 10, List.of())), new byte[0]))
                .hasMessageContaining("was not recorded after");
    }

    @Test
    void a_change_outside_its_commit_is_refused() {
        int entity = index.vocabulary("ci").internEntity("one");
        List<CommitChanges> outside =
                List.of(new CommitChanges(3, 1, List.of(began(entity, 0, 4, "a"))));
        assertThatThrownBy(() -> index.apply(outside, new byte[0]))
                .hasMessageContaining("not of the commit that ends at 3");
    }

    @Test
    void an_ended_version_cannot_end_again() {
        int entity = index.vocabulary("ci").internEntity("one");
        List<CommitChanges> twice =
                List.of(
                        new CommitChanges(
                                2,
                                1,
                                List.of(
                                        began(entity, 0, 0, "a"),
                                        new VersionChange.Ended("ci", entity, 0, 1),
                                        new VersionChange.Ended("ci", entity, 0, 2))));
        assertThatThrownBy(() -> index.apply(twice, new byte[0]))
                .hasMessageContaining("no version is believed that ends");
    }
}
