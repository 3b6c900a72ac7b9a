package dev.cadastre.command.assets.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.assets.model.AssetCommand.AssignAsset;
import dev.cadastre.command.assets.model.AssetCommand.CorrectAsset;
import dev.cadastre.command.assets.model.AssetCommand.DatedChange;
import dev.cadastre.command.assets.model.AssetCommand.DescribeAsset;
import dev.cadastre.command.assets.model.AssetCommand.RegisterAsset;
import dev.cadastre.command.assets.model.AssetCommand.TransitionAsset;
import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.Event;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetAssigned;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.asset.AssetEvent.AssetTransitioned;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.person.PersonEvent.PersonRegistered;
import dev.cadastre.eventstore.axon.EventMetadata;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CoreMatchers;
import org.hamcrest.CustomMatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssetTest {

    private static final String ID = "A-1";
    private static final long JANUARY = at("2024-01-01T00:00:00Z");
    private static final long MARCH = at("2024-03-01T00:00:00Z");
    private static final long MAY = at("2024-05-01T00:00:00Z");
    private static final long JULY = at("2024-07-01T00:00:00Z");
    private static final long NOW = at("2025-01-01T00:00:00Z");

    private final KnownEntities known = new KnownEntities(NOW);
    private FixtureConfiguration<Asset> fixture;

    @BeforeEach
    void a_fixture() {
        fixture = new AggregateTestFixture<>(Asset.class);
        fixture.registerInjectableResource(known);
        fixture.registerCommandTargetResolver(
                message ->
                        new VersionedAggregateIdentifier(
                                ((Command) message.getPayload()).target().toString(), null));
        // The aggregate keeps apart what it has recorded and what it has read.
        fixture.setReportIllegalStateChange(false);
    }

    @Test
    void an_asset_without_a_state_is_registered_on_order() {
        fixture.givenNoPriorActivity()
                .when(new RegisterAsset(ID, null, null, Map.of("name", "Laptop")))
                .expectEvents(registered("On order", null, Map.of("name", "Laptop")));
    }

    @Test
    void an_asset_is_registered_with_all_that_is_known() {
        known.record(StreamId.person("person-a"), new PersonRegistered("k", "c"), JANUARY);
        Map<String, Object> fields =
                Map.of(
                        "type", "hardware",
                        "warrantyUntil", "2027-02-28",
                        "custodian", "person-a",
                        "purchase",
                                Map.of(
                                        "date",
                                        "2024-02-29",
                                        "cost",
                                        Map.of("amount", "1234.50", "currency", "EUR")));
        Map<String, Object> asked = new HashMap<>(fields);
        asked.put("attributes", Map.of("ports", 8));
        asked.put("model", null);

        fixture.givenNoPriorActivity()
                .when(new RegisterAsset(ID, "in use", null, asked))
                .expectEvents(new AssetRegistered("In use", null, fields, Map.of("ports", 8L)));
    }

    @Test
    void an_asset_is_registered_once() {
        fixture.given(dated(registered("In use", null, Map.of()), MARCH))
                .when(new RegisterAsset(ID, null, null, Map.of()))
                .expectNoEvents()
                .expectException(CoreMatchers.instanceOf(Rejection.FactsClash.class))
                .expectExceptionMessage(
                        "The asset is registered already. Change it, or retract the fact that"
                                + " registered it.");
    }

    @Test
    void a_transition_that_the_lifecycle_allows_is_recorded() {
        fixture.given(dated(registered("On order", null, Map.of()), MARCH))
                .when(new TransitionAsset(ID, "In stock", "Available"))
                .expectEvents(new AssetTransitioned("In stock", "Available"));
    }

    @Test
    void a_transition_to_where_the_asset_stands_changes_nothing() {
        fixture.given(dated(registered("In use", null, Map.of()), MARCH))
                .when(new TransitionAsset(ID, "In use", null))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void a_retired_asset_does_not_come_back_and_the_refusal_names_both_facts() {
        refused(
                fixture.given(
                                dated(registered("In use", null, Map.of()), JANUARY),
                                dated(new AssetTransitioned("Retired", "Disposed"), MARCH))
                        .when(new TransitionAsset(ID, "In use", null)),
                Rejection.IllegalTransition.class,
                refusal -> {
                    assertThat(refusal.from()).isEqualTo("Retired (Disposed)");
                    assertThat(refusal.to()).isEqualTo("In use");
                    assertThat(refusal.allowed()).isEmpty();
                    assertThat(refusal.facts())
                            .extracting(fact -> fact.sequenceNumber() + "@" + fact.effectiveAt())
                            .containsExactly("1@" + MARCH, "2@" + NOW);
                    assertThat(refusal).hasMessageContaining("fact 1 of 2024-03-01");
                });
    }

    @Test
    void a_late_transition_is_judged_against_the_fact_after_it_too() {
        refused(
                fixture.given(
                                dated(registered("In use", null, Map.of()), JANUARY),
                                dated(new AssetTransitioned("In maintenance", null), MAY))
                        .when(new TransitionAsset(ID, "Retired", "Sold"), effective(MARCH)),
                Rejection.IllegalTransition.class,
                refusal -> {
                    assertThat(refusal.from()).isEqualTo("Retired (Sold)");
                    assertThat(refusal.to()).isEqualTo("In maintenance");
                    assertThat(refusal.facts())
                            .extracting(fact -> fact.sequenceNumber() + "@" + fact.effectiveAt())
                            .containsExactly("2@" + MARCH, "1@" + MAY);
                });
    }

    @Test
    void a_late_transition_that_fits_between_its_neighbours_is_recorded() {
        fixture.given(
                        dated(registered("On order", null, Map.of()), JANUARY),
                        dated(new AssetTransitioned("In use", null), MAY))
                .when(new TransitionAsset(ID, "In stock", "Reserved"), effective(MARCH))
                .expectEvents(new AssetTransitioned("In stock", "Reserved"));
    }

    @Test
    void a_retraction_that_brings_clashing_facts_together_is_refused() {
        refused(
                fixture.given(
                                dated(registered("On order", null, Map.of()), JANUARY),
                                dated(new AssetTransitioned("In use", null), MARCH),
                                dated(new AssetTransitioned("In maintenance", null), MAY))
                        .when(new CorrectAsset(ID, List.of(1L), List.of())),
                Rejection.IllegalTransition.class,
                refusal ->
                        assertThat(refusal.facts())
                                .extracting(fact -> fact.sequenceNumber())
                                .containsExactly(0L, 2L));
    }

    @Test
    void a_correction_is_judged_by_its_result() {
        fixture.given(
                        dated(registered("On order", null, Map.of()), JANUARY),
                        dated(new AssetTransitioned("In use", null), MARCH),
                        dated(new AssetTransitioned("In maintenance", null), MAY))
                .when(
                        new CorrectAsset(
                                ID,
                                List.of(1L),
                                List.of(
                                        new DatedChange(
                                                new TransitionAsset(ID, "In stock", "Test"),
                                                MARCH + 1))))
                .expectEvents(new AssetFactRetracted(1), new AssetTransitioned("In stock", "Test"));
    }

    @Test
    void a_fact_is_retracted_once_and_a_retraction_never() {
        for (long retracted : new long[] {1, 2, 3}) {
            a_fixture();
            refused(
                    fixture.given(
                                    dated(registered("On order", null, Map.of()), JANUARY),
                                    dated(new AssetTransitioned("In use", null), MARCH),
                                    dated(new AssetFactRetracted(1), MARCH))
                            .when(new CorrectAsset(ID, List.of(retracted), List.of())),
                    Rejection.NotAllowed.class,
                    refusal -> assertThat(refusal.pointer()).isEqualTo("/retract/0"));
        }
    }

    @Test
    void nothing_is_true_of_an_asset_before_it_is_registered() {
        refused(
                fixture.given(dated(registered("On order", null, Map.of()), MAY))
                        .when(new DescribeAsset(ID, Map.of("name", "Laptop")), effective(MARCH)),
                Rejection.FactsClash.class,
                refusal ->
                        assertThat(refusal.facts())
                                .extracting(fact -> fact.sequenceNumber())
                                .containsExactly(1L, 0L));
    }

    @Test
    void without_its_registration_an_asset_has_no_other_facts() {
        refused(
                fixture.given(
                                dated(registered("On order", null, Map.of()), JANUARY),
                                dated(new AssetTransitioned("In use", null), MARCH))
                        .when(new CorrectAsset(ID, List.of(0L), List.of())),
                Rejection.FactsClash.class,
                refusal -> assertThat(refusal).hasMessageContaining("Without a registration"));
    }

    @Test
    void a_patch_records_only_what_it_changes() {
        Map<String, @Nullable Object> patch = new HashMap<>();
        patch.put("name", "Laptop");
        patch.put("model", null);
        patch.put("purchase", Map.of("supplier", "Northwind"));
        patch.put("attributes", Collections.singletonMap("colour", null));

        fixture.given(
                        dated(
                                new AssetRegistered(
                                        "In use",
                                        null,
                                        Map.of(
                                                "name", "Laptop",
                                                "model", "X1",
                                                "purchase", Map.of("date", "2024-01-01")),
                                        Map.of("colour", "grey", "ports", 4L)),
                                JANUARY))
                .when(new DescribeAsset(ID, patch))
                .expectEvents(
                        new AssetDescribed(
                                Map.of(
                                        "purchase",
                                        Map.of("date", "2024-01-01", "supplier", "Northwind")),
                                List.of("model"),
                                Map.of(),
                                List.of("colour")));
    }

    @Test
    void a_late_patch_merges_into_the_state_at_its_time() {
        fixture.given(
                        dated(registered("In use", null, Map.of("name", "Old")), JANUARY),
                        dated(
                                new AssetDescribed(
                                        Map.of("name", "New"), List.of(), Map.of(), List.of()),
                                MAY))
                .when(new DescribeAsset(ID, Map.of("name", "New")), effective(MARCH))
                .expectEvents(
                        new AssetDescribed(Map.of("name", "New"), List.of(), Map.of(), List.of()));
    }

    @Test
    void an_assignment_takes_away_and_gives() {
        Map<String, @Nullable Object> patch = new HashMap<>();
        patch.put("location", "Berlin/2");
        patch.put("costCentre", null);

        fixture.given(dated(registered("In use", null, Map.of("costCentre", "4711")), JANUARY))
                .when(new AssignAsset(ID, patch))
                .expectEvents(
                        new AssetAssigned(Map.of("location", "Berlin/2"), List.of("costCentre")));
    }

    @Test
    void a_custodian_is_a_registered_person() {
        refused(
                fixture.given(dated(registered("In use", null, Map.of()), JANUARY))
                        .when(new AssignAsset(ID, Map.of("custodian", "Ada Lovelace"))),
                Rejection.TargetAbsent.class,
                refusal -> assertThat(refusal.pointer()).isEqualTo("/custodian"));
    }

    @Test
    void a_ci_that_is_linked_is_there_all_the_time() {
        known.record(ci(), ciRegistered(), JANUARY);
        fixture.given(dated(registered("In use", null, Map.of()), JANUARY))
                .when(new DescribeAsset(ID, Map.of("ci", "db-1")), effective(MAY))
                .expectSuccessfulHandlerExecution();

        a_fixture();
        known.record(ci(), new CiRemoved(List.of()), JULY);
        refused(
                fixture.given(dated(registered("In use", null, Map.of()), JANUARY))
                        .when(new DescribeAsset(ID, Map.of("ci", "db-1")), effective(MAY)),
                Rejection.TargetAbsent.class,
                refusal -> assertThat(refusal.pointer()).isEqualTo("/ci"));
    }

    @Test
    void an_asset_that_a_ci_is_linked_to_does_not_vanish() {
        known.record(ci(), new CiRegistered("server", null, null, ID, Map.of(), List.of()), MARCH);
        refused(
                fixture.given(dated(registered("In use", null, Map.of()), JANUARY))
                        .when(new CorrectAsset(ID, List.of(0L), List.of())),
                Rejection.StillReferenced.class,
                refusal -> assertThat(refusal.by()).containsExactly(ci()));

        a_fixture();
        fixture.given(dated(registered("In use", null, Map.of()), JANUARY))
                .when(
                        new CorrectAsset(
                                ID,
                                List.of(0L),
                                List.of(
                                        new DatedChange(
                                                new RegisterAsset(ID, null, null, Map.of()),
                                                MARCH))))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void hardware_is_never_in_build_whichever_comes_first() {
        fixture.given(dated(registered("On order", null, Map.of()), JANUARY))
                .when(new TransitionAsset(ID, "Build", null))
                .expectSuccessfulHandlerExecution();
        a_fixture();
        refused(
                fixture.given(
                                dated(
                                        registered("On order", null, Map.of("type", "hardware")),
                                        JANUARY))
                        .when(new TransitionAsset(ID, "Build", null)),
                Rejection.FactsClash.class,
                refusal -> assertThat(refusal).hasMessageContaining("never in the state"));
        a_fixture();
        refused(
                fixture.given(
                                dated(registered("On order", null, Map.of()), JANUARY),
                                dated(new AssetTransitioned("Build", null), MAY))
                        .when(new DescribeAsset(ID, Map.of("type", "hardware")), effective(MARCH)),
                Rejection.FactsClash.class,
                refusal ->
                        assertThat(refusal.facts())
                                .extracting(
                                        fact -> fact.sequenceNumber() + "@" + fact.effectiveAt())
                                .containsExactly("2@" + MARCH, "1@" + MAY));
    }

    @Test
    void values_out_of_bounds_are_refused_where_they_are() {
        Map<Map<String, @Nullable Object>, String> refusals = new HashMap<>();
        refusals.put(Map.of("colour", "red"), "/colour");
        refusals.put(Map.of("state", "In use"), "/state");
        refusals.put(Map.of("location", "Berlin"), "/location");
        refusals.put(Map.of("name", 7), "/name");
        refusals.put(Map.of("name", " "), "/name");
        refusals.put(Map.of("name", "a\u0000b"), "/name");
        refusals.put(Map.of("name", "half \ud800"), "/name");
        refusals.put(Map.of("name", "x".repeat(301)), "/name");
        refusals.put(Map.of("warrantyUntil", "2023-02-29"), "/warrantyUntil");
        refusals.put(Map.of("warrantyUntil", "0000-01-01"), "/warrantyUntil");
        refusals.put(Map.of("purchase", "dear"), "/purchase");
        refusals.put(Map.of("purchase", Map.of("price", 1)), "/purchase/price");
        refusals.put(Map.of("purchase", Map.of("date", "soon")), "/purchase/date");
        refusals.put(Map.of("purchase", Map.of("cost", Map.of("amount", "1"))), "/purchase/cost");
        refusals.put(
                Map.of("purchase", Map.of("cost", Map.of("amount", 1, "currency", "EUR"))),
                "/purchase/cost/amount");
        refusals.put(
                Map.of("purchase", Map.of("cost", Map.of("amount", "1", "currency", "EURO"))),
                "/purchase/cost/currency");
        refusals.put(Map.of("attributes", List.of()), "/attributes");
        refusals.put(Map.of("attributes", Map.of("a/b~", 1.5)), "/attributes/a~1b~0");
        refusals.put(Map.of("attributes", Map.of("n", 1L << 53)), "/attributes/n");
        refusals.put(Map.of("attributes", Map.of("n", Map.of())), "/attributes/n");
        refusals.put(Map.of("attributes", Map.of("", "x")), "/attributes/");
        refusals.forEach(
                (patch, pointer) -> {
                    a_fixture();
                    refused(
                            fixture.given(dated(registered("In use", null, Map.of()), JANUARY))
                                    .when(new DescribeAsset(ID, patch)),
                            Rejection.NotAllowed.class,
                            refusal ->
                                    assertThat(refusal.pointer())
                                            .as("%s", patch)
                                            .isEqualTo(pointer));
                });
    }

    @Test
    void states_and_substates_that_there_are_not_are_refused() {
        Map<TransitionAsset, String> refusals =
                Map.of(
                        new TransitionAsset(ID, "Broken", null), "/state",
                        new TransitionAsset(ID, "In stock", null), "/substate",
                        new TransitionAsset(ID, "In stock", "Lost"), "/substate",
                        new TransitionAsset(ID, "In maintenance", "Available"), "/substate");
        refusals.forEach(
                (command, pointer) -> {
                    a_fixture();
                    refused(
                            fixture.given(dated(registered("In use", null, Map.of()), JANUARY))
                                    .when(command),
                            Rejection.NotAllowed.class,
                            refusal -> assertThat(refusal.pointer()).isEqualTo(pointer));
                });
    }

    private static <R extends Rejection> void refused(
            ResultValidator<Asset> result, Class<R> kind, Consumer<? super R> expectations) {
        result.expectNoEvents()
                .expectException(kind)
                .expectException(
                        new CustomMatcher<>("as asserted") {
                            @Override
                            public boolean matches(Object refusal) {
                                expectations.accept(kind.cast(refusal));
                                return true;
                            }
                        });
    }

    private static AssetRegistered registered(
            String state, @Nullable String substate, Map<String, Object> fields) {
        return new AssetRegistered(state, substate, fields, Map.of());
    }

    private static StreamId ci() {
        return StreamId.ci("db-1");
    }

    private static CiRegistered ciRegistered() {
        return new CiRegistered("server", null, null, null, Map.of(), List.of());
    }

    private static Object dated(Event event, long effectiveAt) {
        return new GenericEventMessage<>(event, effective(effectiveAt));
    }

    private static Map<String, Object> effective(long effectiveAt) {
        return Map.of(EventMetadata.EFFECTIVE_AT, effectiveAt);
    }

    private static long at(String instant) {
        return Microseconds.of(Instant.parse(instant));
    }
}
