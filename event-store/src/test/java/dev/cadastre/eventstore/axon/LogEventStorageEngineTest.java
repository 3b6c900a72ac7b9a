package dev.cadastre.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.json.StoredMetadata;
import dev.cadastre.eventstore.axon.ChangeSetContext.Mode;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogEventStorageEngineTest {

    private static final Origin ORIGIN =
            new Origin(
                    "token-1",
                    "person-1",
                    "test",
                    new StoredMetadata("moved", "CHG1", null, null, null),
                    new ChangeSet.Key("key", new byte[32]));

    @TempDir Path directory;
    private EventLog log;
    private LogEventStorageEngine engine;
    private EmbeddedEventStore store;

    @BeforeEach
    void open() {
        log = EmbeddedLog.open(directory, Clock.systemUTC());
        engine = new LogEventStorageEngine(log);
        store = EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    @AfterEach
    void close() {
        store.shutDown();
        log.close();
    }

    @Test
    void the_appends_of_nested_units_of_work_are_one_change_set() {
        UnitOfWork<?> root = root(Mode.DURABLE);
        nested(() -> store.publish(renamed("ci:a", 0, "A"), renamed("ci:a", 1, "B")));
        nested(() -> store.publish(renamed("ci:b", 0, "C")));
        assertThat(log.head().size()).isZero();
        root.commit();

        List<StoredEvent> events = log.commits(0, 10).getFirst().events();
        assertThat(events)
                .extracting(event -> event.envelope().stream())
                .containsExactly("ci:a", "ci:a", "ci:b");
        assertThat(events)
                .extracting(event -> event.envelope().changeSet())
                .containsOnly(events.getFirst().envelope().changeSet());
        assertThat(events.getFirst().envelope().actor()).isEqualTo("person-1");
        assertThat(new String(events.getFirst().metadata(), StandardCharsets.UTF_8))
                .isEqualTo("{\"change\":\"CHG1\",\"reason\":\"moved\"}");
        assertThat(log.key("key"))
                .hasValueSatisfying(key -> assertThat(key.lastPosition()).isEqualTo(2));
    }

    @Test
    void a_unit_of_work_that_is_rolled_back_leaves_nothing() {
        UnitOfWork<?> root = root(Mode.DURABLE);
        nested(() -> store.publish(renamed("ci:a", 0, "A")));
        root.rollback();

        assertThat(log.head().size()).isZero();
    }

    @Test
    void the_refusal_of_the_log_is_thrown_by_the_commit() {
        append(renamed("ci:a", 0, "A"));
        UnitOfWork<?> root = root(Mode.DURABLE);
        nested(() -> store.publish(renamed("ci:a", 0, "B")));

        assertThatThrownBy(root::commit)
                .isInstanceOfSatisfying(
                        LogException.SequenceConflict.class,
                        conflict -> {
                            assertThat(conflict.expected()).isZero();
                            assertThat(conflict.actual()).isEqualTo(1);
                        });
    }

    @Test
    void a_queued_change_set_tells_later_how_it_went() {
        UnitOfWork<?> root = root(Mode.QUEUED);
        ChangeSetContext context = ChangeSetContext.current();
        nested(() -> store.publish(renamed("ci:a", 0, "A")));
        root.commit();

        assertThat(context.outcome().join().lastPosition()).isZero();
    }

    @Test
    void claims_and_conditions_and_references_reach_the_log() {
        append(
                new GenericDomainEventMessage<>(
                        "ci",
                        "ci:b",
                        0,
                        new CiRegistered("server", null, null, null, Map.of(), List.of())));
        UnitOfWork<?> root = root(Mode.DURABLE);
        ChangeSetContext context = ChangeSetContext.current();
        context.claim("tag:1", 0, StreamId.ci("a"));
        context.require(new ChangeSet.Condition.NoEventFrom("ci:b", List.of("ci.removed"), 1));
        nested(
                () ->
                        store.publish(
                                new GenericDomainEventMessage<>(
                                        "ci",
                                        "ci:a",
                                        0,
                                        new CiRegistered(
                                                "server",
                                                null,
                                                null,
                                                null,
                                                Map.of(),
                                                List.of(new Relation("runsOn", "b"))))));
        root.commit();

        assertThat(log.referencing("ci:b")).containsExactly("ci:a");
        assertThat(log.claims("tag:1")).extracting(claim -> claim.stream()).containsExactly("ci:a");
    }

    @Test
    void events_come_back_as_they_were_stored() {
        append(renamed("ci:a", 0, "A"));
        append(renamed("ci:a", 1, "B"));

        List<DomainEventMessage<?>> events =
                engine.readEvents("ci:a", 0).asStream().<DomainEventMessage<?>>map(e -> e).toList();
        assertThat(events).hasSize(2);
        assertThat(events.get(1).getPayload()).isEqualTo(new CiRenamed("B"));
        assertThat(events.get(1).getSequenceNumber()).isEqualTo(1);
        assertThat(events.get(1).getMetaData())
                .containsEntry(EventMetadata.PRINCIPAL, "system")
                .containsKeys(EventMetadata.EFFECTIVE_AT, EventMetadata.RECORDED_AT);
        assertThat(engine.lastSequenceNumberFor("ci:a")).contains(1L);
        assertThat(engine.lastSequenceNumberFor("ci:nobody")).isEmpty();
    }

    @Test
    void tokens_are_positions() {
        assertThat(engine.createHeadToken()).isNull();
        for (int i = 0; i < 5; i++) {
            append(renamed("ci:a", i, "n" + i));
        }
        TrackingToken third = new GlobalSequenceTrackingToken(2);

        assertThat(read(null)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(read(third)).containsExactly(3L, 4L);
        assertThat(engine.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(4));
        assertThat(engine.createTailToken()).isNull();
        long recordedAt = log.event(3).orElseThrow().envelope().recordedAt();
        assertThat(engine.createTokenAt(dev.cadastre.events.Microseconds.toInstant(recordedAt)))
                .isEqualTo(third);
    }

    private List<Long> read(TrackingToken token) {
        return engine.readEvents(token, false)
                .map(TrackedEventMessage::trackingToken)
                .map(read -> read.position().orElseThrow())
                .toList();
    }

    private void append(DomainEventMessage<?> event) {
        engine.appendEvents(List.of(event));
    }

    private static UnitOfWork<?> root(Mode mode) {
        UnitOfWork<CommandMessage<?>> root =
                DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("change set"));
        ChangeSetContext.attach(root, ORIGIN, mode);
        return root;
    }

    private static void nested(Runnable work) {
        DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("command")).execute(work);
    }

    private static DomainEventMessage<?> renamed(String stream, long number, String name) {
        return new GenericDomainEventMessage<>("ci", stream, number, new CiRenamed(name));
    }
}
