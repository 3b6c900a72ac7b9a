package dev.cadastre.command.cis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Difference;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Span;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.Event;
import dev.cadastre.events.Retraction;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.ci.CiEvent.CiRestored;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.events.ci.RestoredVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Timelines of random facts, late, scheduled and retracted ones among them, beside a naive fold.
 */
class TimelineProperties {

    private static final int INSTANTS = 12;

    /** An event and when it became true. */
    record Step(Event event, long effectiveAt) {}

    @Property
    void the_state_at_every_instant_is_that_of_a_naive_fold(@ForAll("steps") List<Step> steps) {
        Timeline<CiState> timeline = timeline(steps);
        for (long instant = -1; instant <= INSTANTS; instant++) {
            assertThat(timeline.at(instant)).isEqualTo(naive(steps, instant));
        }
        assertThat(timeline.last()).isEqualTo(naive(steps, Timeline.FOR_EVER));
        assertThat(timeline.nextSequenceNumber()).isEqualTo(steps.size());
    }

    @Property
    void spans_cover_their_interval_without_gaps_and_agree_with_the_states(
            @ForAll("steps") List<Step> steps, @ForAll("instants") long from) {
        Timeline<CiState> timeline = timeline(steps);
        long to = from + 5;
        long expected = from;
        for (Span<CiState> span : timeline.spans(from, to)) {
            assertThat(span.from()).isEqualTo(expected);
            for (long instant = span.from(); instant < span.to(); instant++) {
                assertThat(span.state()).isEqualTo(naive(steps, instant));
            }
            expected = span.to();
        }
        assertThat(expected).isEqualTo(to);
    }

    @Property
    void differences_are_exactly_where_the_states_differ(
            @ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> more) {
        Timeline<CiState> before = timeline(steps);
        Timeline<CiState> after = before;
        for (Step step : more) {
            after = after.append(step.event(), step.effectiveAt());
        }
        List<Difference<CiState>> differences = new Decision<>(before, after).differences();
        for (long instant = -1; instant <= INSTANTS; instant++) {
            long at = instant;
            List<Difference<CiState>> here =
                    differences.stream()
                            .filter(each -> each.from() <= at && at < each.to())
                            .toList();
            if (before.at(at).equals(after.at(at))) {
                assertThat(here).isEmpty();
            } else {
                assertThat(here).hasSize(1);
                assertThat(here.getFirst().before()).isEqualTo(before.at(at));
                assertThat(here.getFirst().after()).isEqualTo(after.at(at));
            }
        }
    }

    private static Timeline<CiState> timeline(List<Step> steps) {
        Timeline<CiState> timeline = Timeline.empty(CiFold.INSTANCE);
        for (Step step : steps) {
            timeline = timeline.append(step.event(), step.effectiveAt());
        }
        return timeline;
    }

    @Property
    void versions_are_the_states_once_believed_in_the_order_in_which_they_came_to_be(
            @ForAll("steps") List<Step> steps) {
        Timeline<CiState> timeline = timeline(steps);
        CiVersions all = new CiVersions(timeline, steps.size());
        int known = 0;
        for (int events = 0; events <= steps.size(); events++) {
            CiVersions versions = new CiVersions(timeline, events);
            for (int number = 0; number < versions.size(); number++) {
                assertThat(versions.numbered(number)).isEqualTo(all.numbered(number));
                assertThat(versions.numbered(number).sequenceNumber() == events - 1)
                        .isEqualTo(number >= known);
            }
            assertThat(versions.numbered(versions.size())).isNull();
            known = versions.size();
            for (long instant = -1; instant <= INSTANTS; instant++) {
                CiVersions.Version believed = versions.at(instant);
                CiState state = believed == null ? CiState.ABSENT : believed.state();
                assertThat(state.saysTheSameAs(naive(steps.subList(0, events), instant))).isTrue();
            }
        }
    }

    private static CiState naive(List<Step> steps, long instant) {
        Set<Long> retracted = new HashSet<>();
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).event() instanceof Retraction retraction) {
                if (retraction.retracted() < i) {
                    retracted.add(retraction.retracted());
                }
            } else {
                facts.add(new Fact(i, steps.get(i).effectiveAt(), steps.get(i).event()));
            }
        }
        facts.removeIf(
                fact -> retracted.contains(fact.sequenceNumber()) || fact.effectiveAt() > instant);
        facts.sort(Fact.VALID_TIME_ORDER);
        CiState state = CiState.ABSENT;
        for (Fact fact : facts) {
            state = CiFold.INSTANCE.apply(state, fact);
        }
        return state;
    }

    @Provide
    Arbitrary<Long> instants() {
        return Arbitraries.longs().between(0, INSTANTS);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<CiEvent> events =
                Arbitraries.oneOf(
                        Arbitraries.just(
                                new CiRegistered(
                                        "server", "a", null, null, Map.of("x", 0L), List.of())),
                        Arbitraries.of("a", "b")
                                .map(
                                        name ->
                                                new CiRestored(
                                                        new RestoredVersion(0, Instant.EPOCH, 0),
                                                        "server",
                                                        name,
                                                        null,
                                                        null,
                                                        Map.of("x", 0L),
                                                        List.of())),
                        Arbitraries.just(new CiRemoved(List.of())),
                        Arbitraries.of("b", "c").map(CiRenamed::new),
                        Arbitraries.longs()
                                .between(1, 4)
                                .map(
                                        value ->
                                                new CiChanged(
                                                        Map.of("x", value),
                                                        List.of(),
                                                        List.of(new Relation("r", "t" + value)),
                                                        List.of(new Relation("r", "t1")))),
                        Arbitraries.longs().between(0, 8).map(CiFactRetracted::new));
        return Combinators.combine(events, instants()).as(Step::new).list().ofMaxSize(9);
    }
}
