package dev.cadastre.query.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.query.shared.facts.RecordedStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntityTimelineTest {

    private static final long ALWAYS = Long.MAX_VALUE;

    private final RecordedStream stream = new RecordedStream("ci:a");

    @Test
    void a_fact_tells_each_field_before_and_after() {
        stream.add(0, registered()).add(100, cores(2)).add(200, cores(4));
        assertThat(changes(Order.RECORDED, ALWAYS, 20))
                .containsExactly(
                        "0: /attributes/cores null->1, /class null->\"server\"",
                        "1: /attributes/cores 1->2",
                        "2: /attributes/cores 2->4");
    }

    @Test
    void a_late_fact_changed_what_was_believed_of_its_instant() {
        stream.add(0, registered()).add(100, cores(4)).add(50, cores(2));
        assertThat(changes(Order.RECORDED, ALWAYS, 20))
                .containsExactly(
                        "0: /attributes/cores null->1, /class null->\"server\"",
                        "1: /attributes/cores 1->4",
                        "2: /attributes/cores 1->2");
        assertThat(changes(Order.EFFECTIVE, ALWAYS, 20))
                .containsExactly(
                        "0: /attributes/cores null->1, /class null->\"server\"",
                        "2: /attributes/cores 1->2",
                        "1: /attributes/cores 2->4");
    }

    @Test
    void a_retracted_fact_is_marked_and_its_retraction_takes_the_change_back() {
        stream.add(0, registered()).add(100, cores(9)).add(200, new CiFactRetracted(1));
        List<TimelineEntry> entries = entries(Order.RECORDED, ALWAYS, 20);
        assertThat(entries.get(1).retractedBy()).isNotNull();
        assertThat(changes(Order.RECORDED, ALWAYS, 20))
                .endsWith("1: /attributes/cores 1->9", "2: /attributes/cores 9->1");
        assertThat(changes(Order.EFFECTIVE, ALWAYS, 20)).endsWith("1: ", "2: ");
    }

    @Test
    void what_was_recorded_later_is_not_known() {
        stream.add(0, registered()).add(100, cores(9)).add(200, new CiFactRetracted(1));
        List<TimelineEntry> entries = entries(Order.RECORDED, ALWAYS, 19);
        assertThat(entries).hasSize(2);
        assertThat(entries.get(1).retractedBy()).isNull();
        assertThat(entries(Order.RECORDED, ALWAYS, -1)).isEmpty();
    }

    @Test
    void facts_effective_after_the_cut_are_left_out_with_their_retractions() {
        stream.add(0, registered())
                .add(500, cores(9))
                .add(50, new CiFactRetracted(1))
                .add(100, cores(2));
        assertThat(entries(Order.RECORDED, 100, 30))
                .extracting(entry -> entry.fact().sequenceNumber())
                .containsExactly(0L, 3L);
    }

    @Test
    void a_fact_names_the_versions_it_created() {
        stream.add(0, registered()).add(100, cores(2)).add(50, named("x"));
        assertThat(entries(Order.RECORDED, ALWAYS, 20))
                .extracting(TimelineEntry::versions)
                .containsExactly(List.of(0), List.of(1), List.of(2, 3));
    }

    @Test
    void late_and_scheduled_facts_are_flagged() {
        stream.add(0, registered()).add(99, cores(2)).add(201, cores(3)).add(300, cores(4));
        List<TimelineEntry> entries = entries(Order.RECORDED, ALWAYS, 30);
        assertThat(entries)
                .extracting(TimelineEntry::isBackDated)
                .containsExactly(false, true, false, false);
        assertThat(entries)
                .extracting(TimelineEntry::isScheduled)
                .containsExactly(false, false, true, false);
    }

    @Test
    void removing_takes_every_field_and_relation() {
        stream.add(0, registered())
                .add(
                        100,
                        new CiChanged(
                                Map.of(), List.of(), List.of(new Relation("on", "b")), List.of()))
                .add(200, new CiRemoved(List.of(new Relation("on", "b"))));
        List<TimelineEntry> entries = entries(Order.RECORDED, ALWAYS, 20);
        assertThat(entries.get(1).changes().relationsAdded()).hasSize(1);
        assertThat(entries.get(2).changes().relationsRemoved()).hasSize(1);
        assertThat(entries.get(2).changes().fields()).hasSize(2);
    }

    private List<TimelineEntry> entries(Order order, long until, long knownAt) {
        return new EntityTimeline("a", stream.facts()).entries(order, until, knownAt);
    }

    private List<String> changes(Order order, long until, long knownAt) {
        return entries(order, until, knownAt).stream()
                .map(
                        entry ->
                                entry.fact().sequenceNumber()
                                        + ": "
                                        + String.join(
                                                ", ",
                                                entry.changes().fields().stream()
                                                        .map(
                                                                change ->
                                                                        change.field()
                                                                                + " "
                                                                                + change.before()
                                                                                + "->"
                                                                                + change.after())
                                                        .toList()))
                .toList();
    }

    private static CiRegistered registered() {
        return new CiRegistered("server", null, null, null, Map.of("cores", 1L), List.of());
    }

    private static CiChanged cores(long cores) {
        return new CiChanged(Map.of("cores", cores), List.of(), List.of(), List.of());
    }

    private static CiChanged named(String name) {
        return new CiChanged(Map.of("alias", name), List.of(), List.of(), List.of());
    }
}
