package dev.cadastre.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.history.ExpectedStates.KnownInstant;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The judge is judged: it passes the expected states themselves and fails any other. */
class ExpectedStatesTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void the_expected_states_pass_and_one_missing_CI_does_not() throws IOException {
        ExpectedStates expected = ExpectedStates.read(SharedData.folder("history-osg"));
        Map<String, Integer> numbers = new HashMap<>();
        for (KnownInstant instant : expected.instants()) {
            numbers.put(instant.asOf(), instant.number());
        }
        assertThat(numbers).hasSize(62);
        assertThat(expected.differences(asOf -> bodies(expected, numbers.get(asOf)))).isEmpty();
        assertThat(
                        expected.differences(
                                asOf ->
                                        bodies(expected, numbers.get(asOf))
                                                .skip(asOf.equals(last(expected)) ? 1 : 0)))
                .hasSize(3)
                .first()
                .asString()
                .endsWith("is missing");
    }

    private static String last(ExpectedStates expected) {
        return expected.instants().getLast().asOf();
    }

    private static Stream<String> bodies(ExpectedStates expected, int instant) {
        return expected.at(instant).values().stream().map(state -> body(state).toString());
    }

    private static JsonNode body(JsonNode state) {
        ObjectNode body = MAPPER.createObjectNode();
        body.set("id", state.get("ci"));
        body.set("class", state.get("class"));
        body.set("attributes", state.get("attrs"));
        body.set("relations", state.get("rels"));
        return body;
    }
}
