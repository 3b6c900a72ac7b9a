package dev.cadastre.query.shared.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Event;
import dev.cadastre.events.ci.CiEvent.CiFactRetracted;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamFactsTest {

    private final List<StoredEvent> stream = new ArrayList<>();

    @Test
    void facts_are_folded_by_effective_time_then_as_recorded() {
        record(10, new CiRenamed("a"));
        record(30, new CiRenamed("b"));
        record(20, new CiRenamed("late"));
        record(30, new CiRenamed("same instant"));
        assertThat(folded(30, 3)).containsExactly(0L, 2L, 1L, 3L);
    }

    @Test
    void a_fact_counts_from_its_instant_on_and_only_once_it_is_known() {
        record(10, new CiRenamed("a"));
        record(20, new CiRenamed("b"));
        assertThat(folded(9, 1)).isEmpty();
        assertThat(folded(10, 1)).containsExactly(0L);
        assertThat(folded(19, 1)).containsExactly(0L);
        assertThat(folded(20, 1)).containsExactly(0L, 1L);
        assertThat(folded(20, 0)).containsExactly(0L);
        assertThat(folded(20, -1)).isEmpty();
    }

    @Test
    void a_retracted_fact_counts_until_its_retraction_is_known() {
        record(10, new CiRenamed("a"));
        record(20, new CiRenamed("wrong"));
        record(40, new CiFactRetracted(1));
        assertThat(folded(50, 1)).containsExactly(0L, 1L);
        assertThat(folded(50, 2)).containsExactly(0L);
        StreamFacts facts = StreamFacts.of(stream);
        assertThat(facts.recorded().get(1).isRetractedAt(2)).isTrue();
        assertThat(facts.recorded().get(1).isRetractedAt(1)).isFalse();
        assertThat(facts.retractedBy(new CiFactRetracted(1))).isEqualTo(facts.recorded().get(1));
        assertThat(facts.retractedBy(new CiFactRetracted(9))).isNull();
    }

    private List<Long> folded(long asOf, long knownAt) {
        return StreamFacts.of(stream).fold(asOf, knownAt).stream()
                .map(Fact::sequenceNumber)
                .toList();
    }

    private void record(long effectiveAt, Event event) {
        long next = stream.size();
        EventJson.Type type = EventJson.typeOf(event);
        Envelope envelope =
                new Envelope(
                        new UUID(0, next),
                        type.name(),
                        type.revision(),
                        "ci:a",
                        next,
                        100 + next,
                        effectiveAt,
                        "person-1",
                        "person-1",
                        new UUID(1, next),
                        "test",
                        new byte[32],
                        new byte[32]);
        stream.add(
                new StoredEvent(
                        next,
                        envelope,
                        new byte[0],
                        EventJson.write(event),
                        "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        new byte[16]));
    }
}
