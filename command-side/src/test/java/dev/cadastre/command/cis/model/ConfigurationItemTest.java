package dev.cadastre.command.cis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.cis.model.CiCommand.ChangeCi;
import dev.cadastre.command.cis.model.CiCommand.CorrectCi;
import dev.cadastre.command.cis.model.CiCommand.DescribeCi;
import dev.cadastre.command.cis.model.CiCommand.MoveCi;
import dev.cadastre.command.cis.model.CiCommand.RecordedAnew;
import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.cis.model.CiCommand.RelateCi;
import dev.cadastre.command.cis.model.CiCommand.RemoveCi;
import dev.cadastre.command.shared.AbsentTarget;
import dev.cadastre.command.shared.CiClassDefinition;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.KnownNeighbours;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.RelationTypeDefinition;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;
import dev.cadastre.eventstore.axon.EventMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.hamcrest.Description;
import org.hamcrest.TypeSafeMatcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigurationItemTest {

    private static final String ID = "web-01";
    private static final long NOW = at("2026-06-01");
    private static final Relation ON_DB = new Relation("runsOn", "db-01");

    private final KnownNeighbours neighbours = new KnownNeighbours(NOW);
    private final AggregateTestFixture<ConfigurationItem> fixture =
            new AggregateTestFixture<>(ConfigurationItem.class);

    @BeforeEach
    void know_the_words() {
        neighbours.add(
                CiClassDefinition.FOLD,
                "server",
                new CiClassDefined(null, Map.of("cores", "integer")),
                NOW);
        neighbours.add(
                RelationTypeDefinition.FOLD,
                "runsOn",
                new RelationTypeDefined(null, "runs", true),
                NOW);
        // The aggregate keeps what it has just recorded apart from what was committed before.
        fixture.setReportIllegalStateChange(false);
        fixture.registerInjectableResource((Neighbours) neighbours);
        fixture.registerCommandTargetResolver(
                message ->
                        new VersionedAggregateIdentifier(
                                ((CiCommand) message.getPayload()).target().toString(), null));
    }

    @Test
    void a_ci_is_registered() {
        fixture.givenNoPriorActivity()
                .when(register(List.of()))
                .expectEvents(
                        new CiRegistered(
                                "server", "Web 1", null, null, Map.of("cores", 8L), List.of()));
    }

    @Test
    void an_undefined_class_is_refused() {
        neighbours.absent(CiClassDefinition.FOLD, "toaster");
        fixture.givenNoPriorActivity()
                .when(new RegisterCi(ID, "toaster", null, null, null, Map.of(), List.of()))
                .expectNoEvents()
                .expectException(Rejection.NotAllowed.class);
    }

    @Test
    void an_attribute_of_another_type_than_declared_is_refused() {
        fixture.given(registered("2026-01-01"))
                .when(new ChangeCi(ID, Map.of("cores", "eight"), List.of(), List.of(), List.of()))
                .expectNoEvents()
                .expectException(Rejection.NotAllowed.class);
    }

    @Test
    void a_registered_ci_is_not_registered_again() {
        fixture.given(registered("2026-01-01"))
                .when(register(List.of()))
                .expectNoEvents()
                .expectException(Rejection.FactsClash.class);
    }

    @Test
    void a_removed_ci_comes_back() {
        fixture.given(registered("2026-01-01"), fact(new CiRemoved(List.of()), "2026-02-01"))
                .when(register(List.of()))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void a_patch_records_only_what_changes() {
        fixture.given(registered("2026-01-01"))
                .when(
                        new DescribeCi(
                                ID,
                                true,
                                "Web one",
                                Map.of("cores", 8L, "rack", "A3"),
                                List.of("owner")))
                .expectEvents(
                        new CiRenamed("Web one"),
                        new CiChanged(Map.of("rack", "A3"), List.of(), List.of(), List.of()));
    }

    @Test
    void a_patch_of_nothing_new_records_nothing() {
        fixture.given(registered("2026-01-01"))
                .when(new DescribeCi(ID, true, "Web 1", Map.of("cores", 8L), List.of()))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void a_back_dated_patch_merges_into_the_state_of_then() {
        fixture.given(
                        registered("2026-01-01"),
                        fact(
                                new CiChanged(
                                        Map.of("cores", 16L), List.of(), List.of(), List.of()),
                                "2026-03-01"))
                .when(
                        new DescribeCi(ID, false, null, Map.of("cores", 16L), List.of()),
                        Map.of(EventMetadata.EFFECTIVE_AT, at("2026-02-01")))
                .expectEvents(new CiChanged(Map.of("cores", 16L), List.of(), List.of(), List.of()));
    }

    @Test
    void an_illegal_stage_move_names_both_facts() {
        fixture.given(
                        registered("2026-01-01"),
                        fact(new CiLifecycleChanged("End of Life", "Disposed"), "2026-02-01"))
                .when(new MoveCi(ID, new Lifecycle("Operational", "In Use")))
                .expectNoEvents()
                .expectException(
                        refusal(
                                Rejection.IllegalTransition.class,
                                illegal -> {
                                    assertThat(numbers(illegal.facts())).containsExactly(1L, 2L);
                                    assertThat(illegal.from()).isEqualTo("End of Life");
                                }));
    }

    @Test
    void a_back_dated_move_that_makes_a_later_one_illegal_is_refused_and_names_it() {
        fixture.given(
                        registered("2026-01-01"),
                        fact(new CiLifecycleChanged("Inventory", "Available"), "2026-02-01"),
                        fact(new CiLifecycleChanged("Operational", "In Use"), "2026-04-01"))
                .when(new MoveCi(ID, new Lifecycle("End of Life", "Disposed")), on("2026-03-01"))
                .expectNoEvents()
                .expectException(
                        refusal(
                                Rejection.IllegalTransition.class,
                                illegal ->
                                        assertThat(numbers(illegal.facts()))
                                                .containsExactly(3L, 2L)));
    }

    @Test
    void a_back_dated_removal_under_a_later_fact_is_refused_and_names_both() {
        fixture.given(registered("2026-01-01"), fact(new CiRenamed("Web one"), "2026-04-01"))
                .when(new RemoveCi(ID), on("2026-03-01"))
                .expectNoEvents()
                .expectException(
                        refusal(
                                Rejection.FactsClash.class,
                                clash ->
                                        assertThat(numbers(clash.facts()))
                                                .containsExactly(2L, 1L)));
    }

    @Test
    void a_relation_needs_its_target_throughout() {
        neighbours.add(CiFold.INSTANCE, "db-01", server(), at("2026-01-01"));
        neighbours.add(CiFold.INSTANCE, "db-01", new CiRemoved(List.of()), at("2026-09-01"));
        fixture.given(registered("2026-01-01"))
                .when(new RelateCi(ID, ON_DB))
                .expectNoEvents()
                .expectException(
                        refusal(
                                Rejection.TargetAbsent.class,
                                refused ->
                                        assertThat(refused.absent())
                                                .containsExactly(
                                                        new AbsentTarget(
                                                                "runsOn",
                                                                StreamId.ci("db-01"),
                                                                at("2026-09-01"),
                                                                Timeline.FOR_EVER))));
    }

    @Test
    void a_relation_that_ends_before_its_target_is_allowed() {
        neighbours.add(CiFold.INSTANCE, "db-01", server(), at("2026-01-01"));
        neighbours.add(CiFold.INSTANCE, "db-01", new CiRemoved(List.of()), at("2026-09-01"));
        fixture.given(
                        registered("2026-01-01"),
                        fact(
                                new CiChanged(Map.of(), List.of(), List.of(), List.of(ON_DB)),
                                "2026-08-01"))
                .when(new RelateCi(ID, ON_DB))
                .expectEvents(new CiChanged(Map.of(), List.of(), List.of(ON_DB), List.of()));
        assertThat(neighbours.relied()).contains(StreamId.ci("db-01"));
    }

    @Test
    void a_cycle_is_refused_where_the_type_forbids_it() {
        neighbours.add(
                CiFold.INSTANCE,
                "db-01",
                new CiRegistered(
                        "server", null, null, null, Map.of(), List.of(new Relation("runsOn", ID))),
                at("2026-01-01"));
        fixture.given(registered("2026-01-01"))
                .when(new RelateCi(ID, ON_DB))
                .expectNoEvents()
                .expectException(
                        refusal(
                                Rejection.Cycle.class,
                                cycle ->
                                        assertThat(cycle.path())
                                                .extracting(StreamId::id)
                                                .containsExactly(ID, "db-01", ID)));
    }

    @Test
    void a_ci_that_others_point_at_is_not_removed() {
        neighbours.add(
                CiFold.INSTANCE,
                "app-01",
                new CiRegistered(
                        "server", null, null, null, Map.of(), List.of(new Relation("runsOn", ID))),
                at("2026-01-01"));
        fixture.given(registered("2026-01-01"))
                .when(new RemoveCi(ID))
                .expectNoEvents()
                .expectException(
                        refusal(
                                Rejection.StillReferenced.class,
                                needed ->
                                        assertThat(needed.by())
                                                .containsExactly(StreamId.ci("app-01"))));
    }

    @Test
    void a_removed_ci_drops_its_own_relations() {
        neighbours.add(CiFold.INSTANCE, "db-01", server(), at("2026-01-01"));
        fixture.given(
                        registered("2026-01-01"),
                        fact(
                                new CiChanged(Map.of(), List.of(), List.of(ON_DB), List.of()),
                                "2026-02-01"))
                .when(new RemoveCi(ID))
                .expectEvents(new CiRemoved(List.of(ON_DB)));
    }

    @Test
    void a_correction_takes_a_fact_back_and_records_another() {
        fixture.given(registered("2026-01-01"), fact(new CiRenamed("Wbe 1"), "2026-02-01"))
                .when(
                        new CorrectCi(
                                ID,
                                List.of(1L),
                                List.of(
                                        new RecordedAnew(
                                                new CiRenamed("Web one"), at("2026-02-01")))))
                .expectEvents(new CiFactRetracted(1), new CiRenamed("Web one"));
    }

    @Test
    void a_retraction_that_leaves_a_later_fact_without_its_ground_is_refused() {
        fixture.given(registered("2026-01-01"), fact(new CiRenamed("Web one"), "2026-02-01"))
                .when(new CorrectCi(ID, List.of(0L), List.of()))
                .expectNoEvents()
                .expectException(Rejection.FactsClash.class);
    }

    @Test
    void a_fact_is_retracted_once() {
        fixture.given(
                        registered("2026-01-01"),
                        fact(new CiRenamed("Web one"), "2026-02-01"),
                        fact(new CiFactRetracted(1), "2026-02-02"))
                .when(new CorrectCi(ID, List.of(1L), List.of()))
                .expectNoEvents()
                .expectException(Rejection.NotAllowed.class);
    }

    private RegisterCi register(List<Relation> relations) {
        return new RegisterCi(ID, "server", "Web 1", null, null, Map.of("cores", 8L), relations);
    }

    private static EventMessage<?> registered(String date) {
        return fact(
                new CiRegistered("server", "Web 1", null, null, Map.of("cores", 8L), List.of()),
                date);
    }

    private static EventMessage<?> fact(CiEvent event, String date) {
        return new GenericEventMessage<>(event, Map.of(EventMetadata.EFFECTIVE_AT, at(date)));
    }

    private static CiRegistered server() {
        return new CiRegistered("server", null, null, null, Map.of(), List.of());
    }

    private static Map<String, Long> on(String date) {
        return Map.of(EventMetadata.EFFECTIVE_AT, at(date));
    }

    private static List<Long> numbers(List<Fact.Name> facts) {
        return facts.stream().map(Fact.Name::sequenceNumber).toList();
    }

    private static <R extends Rejection> TypeSafeMatcher<R> refusal(
            Class<R> type, Consumer<R> says) {
        return new TypeSafeMatcher<>(type) {
            @Override
            protected boolean matchesSafely(R rejection) {
                says.accept(rejection);
                return true;
            }

            @Override
            public void describeTo(Description description) {
                description.appendText(type.getSimpleName());
            }
        };
    }

    private static long at(String date) {
        return Microseconds.of(Instant.parse(date + "T00:00:00Z"));
    }
}
