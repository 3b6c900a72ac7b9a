package dev.cadastre.query.diff.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import dev.cadastre.query.histories.HistoryInstance;
import dev.cadastre.query.histories.RandomHistories;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.temporal.Coordinates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/**
 * The patches of a diff, applied by a library that nobody here wrote, lead from the naive states at
 * the one end exactly to those at the other, and back; what they tested is no longer so then.
 */
class PatchProperties {

    private static final ObjectMapper OTHER_JACKSON = new ObjectMapper();
    private static final int PAIRS = 12;

    @Property(tries = 20)
    void the_patches_of_a_diff_lead_from_the_one_state_to_the_other_and_back(
            @ForAll("histories") List<List<Entry>> history,
            @ForAll("ends") List<EstateDiffProperties.End> from,
            @ForAll("ends") List<EstateDiffProperties.End> to)
            throws JsonProcessingException {
        try (HistoryInstance instance = new HistoryInstance(history)) {
            for (int i = 0; i < PAIRS; i++) {
                Coordinates one = from.get(i).in(instance);
                Coordinates other = to.get(i).in(instance);
                assertThat(patched(instance, one, other)).isEqualTo(states(instance, other));
                assertThat(patched(instance, other, one)).isEqualTo(states(instance, one));
            }
        }
    }

    private static Map<String, com.fasterxml.jackson.databind.JsonNode> patched(
            HistoryInstance instance, Coordinates from, Coordinates to)
            throws JsonProcessingException {
        Map<String, com.fasterxml.jackson.databind.JsonNode> states = states(instance, from);
        Set<String> changed = new TreeSet<>();
        List<EntityDifference> differences =
                new EstateDiff(
                                instance.projected().index(),
                                instance.projected().bodies(),
                                instance.log())
                        .differences(Scope.of("asset", "ci"), from, to)
                        .toList();
        for (EntityDifference difference : differences) {
            String key = difference.kind() + " " + difference.id();
            changed.add(key);
            com.fasterxml.jackson.databind.JsonNode patch =
                    OTHER_JACKSON.readTree(
                            dev.cadastre.query.shared.difference.JsonPatch.between(
                                            difference.before(), difference.after())
                                    .toString());
            com.fasterxml.jackson.databind.JsonNode document =
                    states.getOrDefault(key, OTHER_JACKSON.nullNode());
            com.fasterxml.jackson.databind.JsonNode result = JsonPatch.apply(patch, document);
            if (result.isNull()) {
                states.remove(key);
            } else {
                states.put(key, result);
            }
            assertThat(patch).isNotEmpty();
            // What came anew has nothing to be tested: JSON Patch cannot test for absence.
            if (patch.findValuesAsText("op").contains("test")) {
                assertThatThrownBy(() -> JsonPatch.apply(patch, result))
                        .isInstanceOf(JsonPatchApplicationException.class);
            }
        }
        return states;
    }

    private static Map<String, com.fasterxml.jackson.databind.JsonNode> states(
            HistoryInstance instance, Coordinates at) throws JsonProcessingException {
        Map<String, com.fasterxml.jackson.databind.JsonNode> states = new TreeMap<>();
        for (String kind : List.of("asset", "ci")) {
            for (Map.Entry<String, JsonNode> state :
                    instance.naive().states(kind, at.asOf(), at.knownAt()).entrySet()) {
                states.put(
                        kind + " " + state.getKey(),
                        OTHER_JACKSON.readTree(state.getValue().toString()));
            }
        }
        return states;
    }

    @Provide
    Arbitrary<List<List<Entry>>> histories() {
        return RandomHistories.changeSets(12);
    }

    @Provide
    Arbitrary<List<EstateDiffProperties.End>> ends() {
        return EstateDiffProperties.listsOfEnds(PAIRS);
    }
}
