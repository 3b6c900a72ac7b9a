package dev.cadastre.query.shared.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamFactsTest {

    private final RecordedStream stream = new RecordedStream("ci:a");

    @Test
    void facts_are_folded_by_effective_time_then_as_recorded() {
        stream.add(10, new CiRenamed("a"))
                .add(30, new CiRenamed("b"))
                .add(20, new CiRenamed("late"))
                .add(30, new CiRenamed("same instant"));
        assertThat(folded(30, 30)).containsExactly(0L, 2L, 1L, 3L);
    }

    @Test
    void a_fact_counts_from_its_instant_on_and_only_once_it_is_known() {
        stream.add(10, new CiRenamed("a")).add(20, new CiRenamed("b"));
        assertThat(folded(9, 10)).isEmpty();
        assertThat(folded(10, 10)).containsExactly(0L);
        assertThat(folded(19, 10)).containsExactly(0L);
        assertThat(folded(20, 10)).containsExactly(0L, 1L);
        assertThat(folded(20, 9)).containsExactly(0L);
        assertThat(folded(20, -1)).isEmpty();
    }

    @Test
    void a_retracted_fact_counts_until_its_retraction_is_known() {
        stream.add(10, new CiRenamed("a"))
                .add(20, new CiRenamed("wrong"))
                .add(40, new CiFactRetracted(1));
        assertThat(folded(50, 19)).containsExactly(0L, 1L);
        assertThat(folded(50, 20)).containsExactly(0L);
        StreamFacts facts = stream.facts();
        RecordedFact wrong = facts.recorded().get(1);
        assertThat(wrong.isRetractedAt(20)).isTrue();
        assertThat(wrong.isRetractedAt(19)).isFalse();
        assertThat(facts.takenBackBy(facts.recorded().get(2))).isEqualTo(wrong);
        assertThat(facts.takenBackBy(wrong)).isNull();
    }

    @Test
    void a_retraction_takes_back_no_later_fact() {
        stream.add(10, new CiRenamed("a"))
                .add(20, new CiFactRetracted(2))
                .add(30, new CiRenamed("b"));
        assertThat(folded(50, 20)).containsExactly(0L, 2L);
    }

    private List<Long> folded(long asOf, long knownAt) {
        return stream.facts().fold(asOf, knownAt).stream()
                .map(RecordedFact::sequenceNumber)
                .toList();
    }
}
