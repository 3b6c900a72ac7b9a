package dev.cadastre.command.cis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.cis.model.CiCommand.ChangeCi;
import dev.cadastre.command.cis.model.CiCommand.DescribeCi;
import dev.cadastre.command.cis.model.CiCommand.MoveCi;
import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.shared.CiClassDefinition;
import dev.cadastre.command.shared.KnownNeighbours;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.RelationTypeDefinition;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiChanged;
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
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
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
                        org.hamcrest.Matchers.instanceOf(Rejection.IllegalTransition.class));
    }

    @Test
    void a_back_dated_move_that_makes_a_later_one_illegal_is_refused_and_names_it() {
        fixture.given(
                        registered("2026-01-01"),
                        fact(new CiLifecycleChanged("Inventory", "Available"), "2026-02-01"),
                        fact(new CiLifecycleChanged("Operational", "In Use"), "2026-04-01"))
                .when(
                        new MoveCi(ID, new Lifecycle("End of Life", "Disposed")),
                        Map.of(EventMetadata.EFFECTIVE_AT, at("2026-03-01")))
                .expectNoEvents()
                .expectException(
                        org.hamcrest.CustomMatcherOf.matching(
                                Rejection.IllegalTransition.class,
                                illegal ->
                                        assertThat(illegal.facts())
                                                .extracting("sequenceNumber")
                                                .containsExactly(3L, 2L)));
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

    private static long at(String date) {
        return Microseconds.of(Instant.parse(date + "T00:00:00Z"));
    }
}
