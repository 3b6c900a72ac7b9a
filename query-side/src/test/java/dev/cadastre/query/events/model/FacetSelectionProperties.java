package dev.cadastre.query.events.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whoever follows a part of the estate misses nothing that alters it, and hears of nothing else.
 */
class FacetSelectionProperties {

    private static final Map<String, Set<@Nullable String>> SERVERS =
            Map.of("class", Set.of("server"));

    @Property(tries = 40)
    void every_event_that_alters_what_is_believed_of_the_part_passes_and_no_event_of_others(
            @ForAll("histories") List<List<Entry>> history) {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            FacetSelection selection = new FacetSelection(instance.projected().index(), SERVERS);
            for (long position = 0; position < instance.log().head().size(); position++) {
                StoredEvent event = instance.log().event(position).orElseThrow();
                boolean passes = !selection.among(List.of(event)).isEmpty();
                if (alters(instance, event)) {
                    assertThat(passes).as("position %d alters a server", position).isTrue();
                }
                if (passes) {
                    assertThat(isOrWasServerSomewhere(instance, event))
                            .as("position %d tells of a server", position)
                            .isTrue();
                }
            }
        }
    }

    private static boolean alters(HistoryInstance instance, StoredEvent event) {
        return instants()
                .anyMatch(
                        instant -> {
                            JsonNode before = server(instance, event, instant, -1);
                            JsonNode after = server(instance, event, instant, 0);
                            return before == null ? after != null : !before.equals(after);
                        });
    }

    private static boolean isOrWasServerSomewhere(HistoryInstance instance, StoredEvent event) {
        return instants()
                .anyMatch(
                        instant ->
                                server(instance, event, instant, -1) != null
                                        || server(instance, event, instant, 0) != null);
    }

    private static LongStream instants() {
        return LongStream.rangeClosed(0, RandomHistories.SECONDS)
                .map(second -> RandomHistories.BEGIN + second * 1_000_000L);
    }

    private static @Nullable JsonNode server(
            HistoryInstance instance, StoredEvent event, long instant, int later) {
        StreamId stream = StreamId.parse(event.envelope().stream());
        JsonNode state = instance.naive().state(stream, instant, event.position() + later);
        return state != null && state.path("class").asString("").equals("server") ? state : null;
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(8);
    }
}
