package dev.cadastre.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.history.ExpectedStates.KnownInstant;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The judge is judged: it passes the expected states themselves and fails any other. */
class ExpectedStatesTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void the_expected_states_pass_and_a_missing_ci_does_not() throws IOException {
        ExpectedStates expected = ExpectedStates.read(SharedData.folder("history-osg"));
        assertThat(expected.instants()).hasSize(62);
        for (int number : List.of(0, 30, 61)) {
            KnownInstant instant = expected.instants().get(number);
            assertThat(expected.differencesAt(instant, bodies(expected, number))).isEmpty();
        }
        KnownInstant last = expected.instants().getLast();
        assertThat(expected.differencesAt(last, bodies(expected, last.number()).skip(1)))
                .hasSize(3)
                .first()
                .asString()
                .endsWith("is missing");
        assertThat(expected.differencesAt(last, bodies(expected, last.number() - 1))).isNotEmpty();
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
