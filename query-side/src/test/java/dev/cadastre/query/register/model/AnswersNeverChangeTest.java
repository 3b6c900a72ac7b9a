package dev.cadastre.query.register.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.NaiveRegister;
import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SeededHistory;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.shared.time.Coordinates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered while the log grew is what is answered afterwards at the same coordinates. */
class AnswersNeverChangeTest {

    private static final int READERS = 4;

    private record Asked(RegisterKind kind, Coordinates at, List<String> answer) {}

    @TempDir Path directory;

    @Test
    void an_answer_at_fixed_coordinates_is_the_same_for_ever() throws Exception {
        try (Recorded recorded = Recorded.in(directory, Clock.systemUTC());
                ProjectedRegister register =
                        new ProjectedRegister(
                                recorded.log(), directory, new ProjectionLimits(7, 4_000, 40));
                ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            AtomicBoolean done = new AtomicBoolean();
            List<Future<List<Asked>>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(threads.submit(() -> askUntil(done, register)));
            }
            for (List<Entry> changeSet : SeededHistory.changeSets(7, 150)) {
                recorded.changeSet(changeSet);
            }
            register.upToDate();
            done.set(true);
            NaiveRegister naive = NaiveRegister.of(recorded.log());
            int compared = 0;
            for (Future<List<Asked>> reader : readers) {
                for (Asked asked : reader.get()) {
                    assertThat(ask(register, asked.kind(), asked.at())).isEqualTo(asked.answer());
                    assertThat(asked.answer())
                            .hasSize(
                                    naive.states(
                                                    asked.kind().word(),
                                                    asked.at().asOf(),
                                                    asked.at().position())
                                            .size());
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(100);
        }
    }

    private static List<Asked> askUntil(AtomicBoolean done, ProjectedRegister register)
            throws InterruptedException {
        List<Asked> asked = new ArrayList<>();
        long before = -2;
        while (!done.get() || asked.size() < 50) {
            long position = register.projection().horizon().position();
            if (position == before && !done.get()) {
                register.projection().await(position + 1, Duration.ofMillis(20));
                continue;
            }
            before = position;
            Coordinates at =
                    new Coordinates(
                            RandomHistories.BEGIN + asked.size() % 13 * 1_000_000L,
                            0,
                            position,
                            false,
                            false);
            RegisterKind kind = RegisterKind.values()[asked.size() % 2];
            asked.add(new Asked(kind, at, ask(register, kind, at)));
        }
        return asked;
    }

    private static List<String> ask(ProjectedRegister register, RegisterKind kind, Coordinates at) {
        return register
                .lists()
                .part(Selection.all(kind), SortOrder.byId(), at, 0, 1_000)
                .bodies()
                .stream()
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }
}
