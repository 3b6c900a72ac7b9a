package dev.cadastre.command.cis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.cis.model.CiCommand.ChangeCi;
import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.cis.model.CiCommand.RelateCi;
import dev.cadastre.command.cis.model.CiCommand.RemoveCi;
import dev.cadastre.command.cis.model.CiCommand.RestoreCi;
import dev.cadastre.command.cis.model.CiCommand.UnrelateCi;
import dev.cadastre.command.model.model.CiClass;
import dev.cadastre.command.model.model.DefineCiClass;
import dev.cadastre.command.model.model.DefineRelationType;
import dev.cadastre.command.model.model.RelationType;
import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.CommandContext;
import dev.cadastre.command.shared.CommandHandling;
import dev.cadastre.command.shared.Commands;
import dev.cadastre.command.shared.Recorded;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands at once, on a real log: what must not be true together never becomes so. */
class CiRacesTest {

    private static final CommandContext WHO = CommandContext.of("tester", "test");
    private static final int ROUNDS = 60;

    @TempDir Path directory;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private EventLog log;
    private CommandHandling handling;
    private Commands commands;

    @BeforeEach
    void open() {
        log = EmbeddedLog.open(directory, Clock.systemUTC());
        start();
        commands.handle(WHO, new DefineCiClass("server", new CiClassDefined(null, Map.of())));
        commands.handle(
                WHO, new DefineRelationType("runsOn", new RelationTypeDefined(null, null, true)));
    }

    private void start() {
        handling =
                CommandHandling.start(
                        log,
                        Clock.systemUTC(),
                        List.of(ConfigurationItem.TYPE, CiClass.TYPE, RelationType.TYPE));
        commands = handling.commands();
    }

    @AfterEach
    void close() {
        threads.close();
        handling.close();
        log.close();
    }

    @Test
    void of_relating_to_a_ci_and_removing_it_at_most_one_happens() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String from = "from-" + round;
            String to = "to-" + round;
            register(from);
            register(to);
            List<Boolean> done =
                    atOnce(
                            List.of(
                                    new RelateCi(from, new Relation("runsOn", to)),
                                    new RemoveCi(to)));

            assertThat(done).containsExactlyInAnyOrder(true, false);
            assertThat(state(from).relations().isEmpty()).isEqualTo(!state(to).present());
        }
    }

    @Test
    void two_relations_at_once_never_close_a_cycle() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String a = "a-" + round;
            String b = "b-" + round;
            register(a);
            register(b);
            List<Boolean> done =
                    atOnce(
                            List.of(
                                    new RelateCi(a, new Relation("runsOn", b)),
                                    new RelateCi(b, new Relation("runsOn", a))));

            assertThat(done).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void of_restoring_a_relation_and_removing_its_target_at_most_one_happens() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String from = "restored-" + round;
            String to = "needed-" + round;
            register(from);
            register(to);
            commands.handle(WHO, new RelateCi(from, new Relation("runsOn", to)));
            commands.handle(WHO, new UnrelateCi(from, new Relation("runsOn", to)));
            List<Boolean> done =
                    atOnce(
                            List.of(
                                    new RestoreCi(from, new RestoreCi.Numbered(1)),
                                    new RemoveCi(to)));

            assertThat(done).containsExactlyInAnyOrder(true, false);
            assertThat(state(from).relations().isEmpty()).isEqualTo(!state(to).present());
        }
    }

    @Test
    void a_relation_and_a_restored_one_at_once_never_close_a_cycle() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String a = "restored-a-" + round;
            String b = "restored-b-" + round;
            register(a);
            register(b);
            commands.handle(WHO, new RelateCi(a, new Relation("runsOn", b)));
            commands.handle(WHO, new UnrelateCi(a, new Relation("runsOn", b)));
            List<Boolean> done =
                    atOnce(
                            List.of(
                                    new RestoreCi(a, new RestoreCi.Numbered(1)),
                                    new RelateCi(b, new Relation("runsOn", a))));

            assertThat(done).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void a_ci_is_registered_once_by_many_at_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = "one-" + round;
            List<Boolean> done =
                    atOnce(List.of(registration(id), registration(id), registration(id)));

            assertThat(done).containsExactlyInAnyOrder(true, false, false);
            assertThat(log.stream("ci:" + id, 0)).hasSize(1);
        }
    }

    @Test
    void changes_of_many_at_once_are_all_kept_in_one_order() throws Exception {
        register("busy");
        List<Command> changes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            changes.add(change("busy", "a" + i, 1L));
        }
        assertThat(atOnce(changes)).containsOnly(true);
        assertThat(state("busy").attributes()).hasSize(100);
        assertThat(log.streamHead("ci:busy").nextSequenceNumber()).isEqualTo(101);
    }

    @Test
    void change_sets_that_take_the_same_cis_in_other_orders_all_get_through() throws Exception {
        register("x");
        register("y");
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            List<Command> there = List.of(change("x", "k" + i, 1L), change("y", "k" + i, 1L));
            List<Command> set = i % 2 == 0 ? there : there.reversed();
            work.add(() -> commands.handle(WHO, set, Map.of()).position() != null);
        }
        for (Future<Boolean> done : threads.invokeAll(work)) {
            assertThat(done.get()).isTrue();
        }
        assertThat(state("x").attributes()).isEqualTo(state("y").attributes()).hasSize(40);
    }

    @Test
    void queued_change_sets_build_on_each_other() {
        CommandContext past = WHO.effectiveAt(at("2020-01-01"));
        List<CompletableFuture<Recorded>> outcomes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<Relation> relations =
                    i == 0 ? List.of() : List.of(new Relation("runsOn", "q" + (i - 1)));
            outcomes.add(
                    commands.queue(
                            past.effectiveAt(at("2020-01-01") + i),
                            List.of(
                                    new RegisterCi(
                                            "q" + i, "server", null, null, null, Map.of(),
                                            relations))));
        }
        for (int i = 299; i >= 0; i--) {
            outcomes.add(
                    commands.queue(
                            past.effectiveAt(at("2021-01-01") - i),
                            List.of(new RemoveCi("q" + i))));
        }
        outcomes.forEach(CompletableFuture::join);

        assertThat(log.head().size()).isEqualTo(602);
        assertThat(log.stream("ci:q7", 0)).hasSize(2);
    }

    @Test
    void a_restarted_command_side_knows_what_was_recorded() {
        register("kept");
        commands.handle(WHO, change("kept", "cores", 8L));
        handling.close();
        start();

        assertThat(state("kept").attributes()).isEqualTo(Map.of("cores", 8L));
        assertThat(commands.handle(WHO, change("kept", "cores", 8L)).position()).isNull();
    }

    private List<Boolean> atOnce(List<? extends Command> wanted) throws Exception {
        CyclicBarrier together = new CyclicBarrier(wanted.size());
        List<Callable<Boolean>> work = new ArrayList<>();
        for (Command command : wanted) {
            work.add(
                    () -> {
                        together.await();
                        try {
                            return commands.handle(WHO, command).position() != null;
                        } catch (Rejection refused) {
                            assertThat(refused).isNotInstanceOf(Rejection.TooContended.class);
                            return false;
                        }
                    });
        }
        List<Boolean> done = new ArrayList<>();
        for (Future<Boolean> each : threads.invokeAll(work)) {
            done.add(each.get());
        }
        return done;
    }

    private void register(String id) {
        commands.handle(WHO, registration(id));
    }

    private static RegisterCi registration(String id) {
        return new RegisterCi(id, "server", null, null, null, Map.of(), List.of());
    }

    private static ChangeCi change(String id, String attribute, Object value) {
        return new ChangeCi(id, Map.of(attribute, value), List.of(), List.of(), List.of());
    }

    private CiState state(String id) {
        return (CiState) handling.timelines().of(StreamId.ci(id).toString()).last();
    }

    private static long at(String date) {
        return Microseconds.of(Instant.parse(date + "T00:00:00Z"));
    }
}
