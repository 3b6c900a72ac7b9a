package dev.cadastre.query.register.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.events.Event;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private final Timeline timeline = new Timeline();

    @Test
    void where_nothing_is_back_dated_each_event_creates_the_version_of_its_number() {
        assertThat(numbers(add(10, registered()).created())).containsExactly(0);
        assertThat(numbers(add(20, new CiRenamed("b")).created())).containsExactly(1);
        Timeline.Step third = add(30, new CiRenamed("b"));
        assertThat(numbers(third.created())).containsExactly(2);
        assertThat(third.ended()).isEmpty();
    }

    @Test
    void two_facts_of_one_instant_leave_one_believed_version() {
        add(10, registered());
        Timeline.Step second = add(10, new CiRenamed("b"));
        assertThat(numbers(second.ended())).containsExactly(0);
        assertThat(timeline.believed()).hasSize(1);
        assertThat(timeline.stateAt(10)).extracting(EntityState::name).isEqualTo("b");
    }

    @Test
    void a_late_fact_alters_the_intervals_after_it_until_they_no_longer_depend_on_it() {
        add(10, registered());
        add(30, set("x", 1L));
        add(40, new CiRenamed("c"));
        add(50, set("y", 1L));
        Timeline.Step late = add(20, new CiRenamed("b"));
        assertThat(late.created()).extracting(StateVersion::validFrom).containsExactly(20L, 30L);
        assertThat(numbers(late.created())).containsExactly(4, 5);
        assertThat(numbers(late.ended())).containsExactly(1);
        assertThat(timeline.stateAt(19)).extracting(EntityState::name).isEqualTo("a");
        assertThat(timeline.stateAt(39)).extracting(EntityState::name).isEqualTo("b");
        assertThat(timeline.stateAt(40)).extracting(EntityState::name).isEqualTo("c");
        assertThat(timeline.stateAt(9)).isNull();
    }

    @Test
    void a_retraction_puts_back_what_was_before() {
        add(10, registered());
        add(20, new CiRenamed("wrong"));
        add(30, set("x", 1L));
        Timeline.Step retraction = add(99, new CiFactRetracted(1));
        assertThat(retraction.created())
                .extracting(StateVersion::validFrom)
                .containsExactly(20L, 30L);
        assertThat(numbers(retraction.ended())).containsExactly(1, 2);
        assertThat(timeline.stateAt(25)).extracting(EntityState::name).isEqualTo("a");
        assertThat(timeline.stateAt(35)).extracting(EntityState::name).isEqualTo("a");
    }

    @Test
    void retracting_a_registration_makes_the_entity_absent() {
        add(10, registered());
        add(20, new CiRenamed("b"));
        add(99, new CiFactRetracted(0));
        assertThat(timeline.stateAt(15)).isNull();
        assertThat(timeline.stateAt(25)).isNull();
    }

    @Test
    void a_retraction_of_nothing_creates_a_version_all_the_same() {
        add(10, registered());
        assertThat(numbers(add(20, new CiFactRetracted(7)).created())).containsExactly(1);
        assertThat(numbers(add(20, new CiFactRetracted(1)).created())).containsExactly(2);
        assertThat(timeline.stateAt(20)).isEqualTo(timeline.stateAt(10));
    }

    @Test
    void what_comes_back_begins_anew() {
        add(10, registered());
        add(20, set("x", 1L));
        add(30, new CiRemoved(List.of()));
        add(40, registered());
        assertThat(timeline.stateAt(35)).isNull();
        assertThat(timeline.stateAt(40)).isEqualTo(timeline.stateAt(10));
    }

    @Test
    void the_end_of_a_timeline_goes_on_as_the_whole_one_does() {
        add(10, registered());
        TimelineTail tail = timeline.tail();
        Fact next = fact(20, new CiRenamed("b"));
        TimelineTail.Extended extended = tail.add(next);
        assertThat(extended.step()).isEqualTo(timeline.add(next));
        assertThat(extended.tail()).isEqualTo(timeline.tail());
        Fact same = fact(20, set("x", 1L));
        TimelineTail.Extended again = extended.tail().add(same);
        assertThat(again.step()).isEqualTo(timeline.add(same));
        assertThat(again.tail()).isEqualTo(timeline.tail());
        assertThat(again.tail().add(fact(19, new CiRenamed("late")))).isNull();
        assertThat(again.tail().add(fact(30, new CiFactRetracted(0)))).isNull();
    }

    @Test
    void an_event_out_of_its_turn_is_refused() {
        add(10, registered());
        Fact again = new Fact(0, 9, 9, 20, registered());
        assertThatThrownBy(() -> timeline.add(again)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> timeline.tail().add(again))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Timeline.Step add(long effectiveAt, Event event) {
        return timeline.add(fact(effectiveAt, event));
    }

    private Fact fact(long effectiveAt, Event event) {
        long next = timeline.nextSequenceNumber();
        return new Fact(next, next, 1_000 + next, effectiveAt, event);
    }

    private static CiRegistered registered() {
        return new CiRegistered("server", "a", null, null, Map.of(), List.of());
    }

    private static CiChanged set(String name, Object value) {
        return new CiChanged(Map.of(name, value), List.of(), List.of(), List.of());
    }

    private static List<Integer> numbers(List<StateVersion> versions) {
        return versions.stream().map(StateVersion::number).toList();
    }
}
